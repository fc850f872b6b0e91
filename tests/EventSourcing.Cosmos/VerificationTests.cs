using System.Text;
using System.Text.Json.Nodes;
using EventFunctions.EventSourcing.Cosmos.Tests.Fixture;
using EventFunctions.EventSourcing.Tests.Sample;
using Microsoft.Azure.Cosmos;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.EventSourcing.Cosmos.Tests;

/// <summary>Every kind of damage, done to the items of a store with the bare client, is found; and nothing else is.</summary>
[Collection(nameof(CosmosCollection))]
public sealed class VerificationTests(CosmosFixture cosmos) : IAsyncLifetime
{
    private StorePorts _ports = null!;
    private Container _events = null!;
    private Container _archive = null!;

    public async Task InitializeAsync() => (_ports, _events, _archive) = await cosmos.NewStoreAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(100)]
    public async Task A_store_without_damage_has_no_findings_and_every_stream_is_counted_once(int pageSize)
    {
        for (var i = 1; i <= 10; i++)
        {
            var stream = await FillAsync(i * 30);
            if (i % 3 == 0)
            {
                await ArchiveAsync(stream, i * 20, keepCopy: i % 2 == 0);
            }
        }

        var pages = await VerifyAsync(pageSize);

        Assert.Empty(pages.SelectMany(p => p.Findings));
        Assert.Equal(10, pages.Sum(p => p.Streams));
        Assert.Equal((55 * 30) - (3 * 20) - (9 * 20), pages.Sum(p => p.Events));
        Assert.Equal(8, pages.Sum(p => p.SnapshotsCompared));
        Assert.All(pages, p => Assert.InRange(p.Streams, 0, pageSize));
    }

    [Fact]
    public async Task One_of_each_damage_is_found_at_its_place()
    {
        var expected = new List<(string Code, StreamName Stream, long? Version)>();
        await DamageAsync(FindingCodes.Gap, 3, s => DeleteAsync(_events, s, 3));
        await DamageAsync(FindingCodes.Gap, 10, s => DeleteAsync(_events, s, 10));
        await DamageAsync(FindingCodes.BeyondHead, 11, s => CopyAsync(s, 10, item =>
        {
            item["id"] = EventDocument.IdOf(11);
            item["version"] = 11;
            item["eventId"] = Guid.NewGuid().ToString();
        }));
        await DamageAsync(FindingCodes.DuplicateVersion, 5, s => CopyAsync(s, 5, item => item["id"] = "other"));
        await DamageAsync(FindingCodes.UnknownType, 4, s => ChangeAsync(s, 4, item => item["type"] = "never-heard-of"));
        await DamageAsync(FindingCodes.UnreadableEvent, 4, s => ChangeAsync(s, 4, item => item["data"] = new JsonObject { ["amount"] = "a lot" }));
        await DamageAsync(FindingCodes.UnreadableEvent, 2, s => ChangeAsync(s, 2, item => item.Remove("eventId")));
        await DamageAsync(FindingCodes.UnreadableHead, null, s => ChangeHeadAsync(s, head => head["commands"] = new JsonArray("no command")));
        await DamageAsync(FindingCodes.UnreadableSnapshot, null, s => ChangeHeadAsync(s, head => head["snapshot"]!["state"] = new JsonObject { ["balance"] = "much" }));
        await DamageAsync(FindingCodes.SnapshotDiffers, 10, s => ChangeHeadAsync(s, head => head["snapshot"]!["state"]!["balance"] = 1_000_000));
        await DamageAsync(FindingCodes.SnapshotBeyondHead, null, s => ChangeHeadAsync(s, head => head["snapshot"]!["version"] = 99));
        await DamageAsync(FindingCodes.CommandBeyondHead, null, s => ChangeHeadAsync(s, head => head["commands"]!.AsArray().Add($"{Guid.NewGuid():N} 11")));
        await DamageAsync(FindingCodes.ArchiveGap, 2, async s =>
        {
            await ArchiveAsync(s, 5);
            await DeleteAsync(_archive, s, 2);
        });
        await DamageAsync(FindingCodes.ArchiveChecksum, 1, async s =>
        {
            await ArchiveAsync(s, 5);
            var item = await ReadAsync(_archive, s, EventDocument.IdOf(2));
            item["metadata"]!["user"] = "somebody else";
            await UpsertAsync(_archive, s, item);
        });
        await DamageAsync(FindingCodes.ArchivingUnfinished, 3, async s =>
        {
            var item = await ReadAsync(_events, s, EventDocument.IdOf(3));
            await ArchiveAsync(s, 5);
            await UpsertAsync(_events, s, item);
        });
        await DamageAsync(FindingCodes.UnreadableTombstone, null, async s =>
        {
            await ArchiveAsync(s, 5);
            var item = await ReadAsync(_events, s, "tombstone");
            item["tombstone"]!.AsObject().Remove("checksum");
            await UpsertAsync(_events, s, item);
        });
        await DamageAsync(FindingCodes.StateLost, null, async s =>
        {
            await ArchiveAsync(s, 5, keepCopy: false);
            await ChangeHeadAsync(s, head => head.Remove("snapshot"));
        });

        await DamageAsync(FindingCodes.DuplicateEventId, 8, async s =>
        {
            var first = await ReadAsync(_events, s, EventDocument.IdOf(1));
            await ChangeAsync(s, 8, item => item["eventId"] = first["eventId"]!.GetValue<string>());
        });
        await FillAsync(10);

        var findings = (await VerifyAsync(100)).SelectMany(p => p.Findings).ToList();

        Assert.Equal(
            expected.Select(e => (e.Code, e.Stream.Value, e.Version)).Order(), findings.Select(f => (f.Code, f.Stream, f.Version)).Order());
        Assert.All(findings, f => Assert.NotEmpty(f.Detail));

        async Task DamageAsync(string code, long? version, Func<StreamName, Task> damage)
        {
            var stream = await FillAsync(10);
            await damage(stream);
            expected.Add((code, stream, version));
        }
    }

    [Fact]
    public async Task One_id_in_two_streams_is_told_once()
    {
        StreamName[] streams = [await FillAsync(3), await FillAsync(3)];
        var first = await ReadAsync(_events, streams[0], EventDocument.IdOf(3));
        await ChangeAsync(streams[1], 3, item => item["eventId"] = first["eventId"]!.GetValue<string>());

        var finding = Assert.Single((await VerifyAsync(100)).SelectMany(p => p.Findings));

        Assert.Equal((FindingCodes.DuplicateEventId, 3L), (finding.Code, finding.Version));
        Assert.All(streams, s => Assert.Contains(s.Value, $"{finding.Stream} {finding.Detail}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_partition_whose_key_is_no_name_is_told()
    {
        var stream = await FillAsync(1);
        var head = await ReadAsync(_events, stream, "head");
        head["stream"] = "no name";
        using var body = new MemoryStream(Encoding.UTF8.GetBytes(head.ToJsonString()));
        using var response = await _events.UpsertItemStreamAsync(body, new PartitionKey("no name"));
        response.EnsureSuccessStatusCode();

        var finding = Assert.Single((await VerifyAsync(100)).SelectMany(p => p.Findings));

        Assert.Equal((FindingCodes.StreamName, "no name"), (finding.Code, finding.Stream));
    }

    [Fact]
    public async Task An_append_that_comes_in_between_is_no_damage()
    {
        var stream = await FillAsync(5);
        var old = await _ports.Store.LoadHeadAsync(stream);
        await Repository(_ports.Store).ExecuteAsync(stream, Command(), w => Wallet.Add(w, 1));
        var verifier = Verifier(new StaleDirectory(new DirectoryEntry(stream.Value, old)));

        Assert.Empty((await verifier.VerifyAsync(10)).Findings);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    public async Task A_continuation_that_no_verification_returned_is_refused(string continuation) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Verifier(_ports.Directory).VerifyAsync(10, continuation));

    private StoreVerifier Verifier(IStreamDirectory directory) => new(
        directory, _ports.Store, _ports.Items, _ports.Archive, _ports.Tombstones, Serializer, [new SnapshotCheck<Wallet, WalletEvent>()]);

    private async Task<IReadOnlyList<VerificationPage>> VerifyAsync(int pageSize)
    {
        var verifier = Verifier(_ports.Directory);
        var pages = new List<VerificationPage>();
        do
        {
            pages.Add(await verifier.VerifyAsync(pageSize, pages.LastOrDefault()?.Continuation));
        }
        while (pages[^1].Continuation is not null);

        return pages;
    }

    private async Task<StreamName> FillAsync(int events)
    {
        var stream = NewStream();
        for (var written = 0; written < events;)
        {
            var count = Math.Min(99, events - written);
            await Repository(_ports.Store).ExecuteAsync(stream, Command(), w => Wallet.Add(w, [.. Enumerable.Repeat(1, count)]));
            written += count;
        }

        return stream;
    }

    private async Task ArchiveAsync(StreamName stream, long through, bool keepCopy = true)
    {
        var archiver = new StreamArchiver(
            _ports.Store, _ports.Items, _ports.Archive, _ports.Tombstones, [new SnapshotCheck<Wallet, WalletEvent>()], new ArchiveOptions(TimeSpan.Zero), TimeProvider.System);
        Assert.IsType<ArchiveResult.Archived>(await archiver.ArchiveAsync(stream, new ArchiveRequest(through, "test", "ann", keepCopy)));
    }

    private static async Task<JsonObject> ReadAsync(Container container, StreamName stream, string id)
    {
        using var response = await container.ReadItemStreamAsync(id, new PartitionKey(stream.Value));
        response.EnsureSuccessStatusCode();
        return JsonNode.Parse(response.Content)!.AsObject();
    }

    private static async Task UpsertAsync(Container container, StreamName stream, JsonObject item)
    {
        using var body = new MemoryStream(Encoding.UTF8.GetBytes(item.ToJsonString()));
        using var response = await container.UpsertItemStreamAsync(body, new PartitionKey(stream.Value));
        response.EnsureSuccessStatusCode();
    }

    private static async Task DeleteAsync(Container container, StreamName stream, long version)
    {
        using var response = await container.DeleteItemStreamAsync(EventDocument.IdOf(version), new PartitionKey(stream.Value));
        response.EnsureSuccessStatusCode();
    }

    private Task ChangeAsync(StreamName stream, long version, Action<JsonObject> change) => CopyAsync(stream, version, change);

    private async Task CopyAsync(StreamName stream, long version, Action<JsonObject> change)
    {
        var item = await ReadAsync(_events, stream, EventDocument.IdOf(version));
        change(item);
        await UpsertAsync(_events, stream, item);
    }

    private async Task ChangeHeadAsync(StreamName stream, Action<JsonObject> change)
    {
        var head = await ReadAsync(_events, stream, "head");
        change(head);
        await UpsertAsync(_events, stream, head);
    }

    private sealed class StaleDirectory(DirectoryEntry entry) : IStreamDirectory
    {
        public Task<DirectoryPage> ListAsync(int pageSize, string? continuation = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new DirectoryPage([entry], null));
    }
}
