using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EventFunctions.EventSourcing.Cosmos.Tests.Fixture;
using EventFunctions.EventSourcing.Tests.Sample;
using EventFunctions.Tests.Support;
using Microsoft.Azure.Cosmos;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.EventSourcing.Cosmos.Tests;

/// <summary>The shape of what is stored, which other programs and later versions read.</summary>
[Collection(nameof(CosmosCollection))]
public sealed class StoredItemTests(CosmosFixture cosmos)
{
    private static readonly JsonSerializerOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly StreamName _stream = NewStream();

    [Fact]
    public async Task A_stream_is_a_head_and_an_item_per_event()
    {
        var id = new Guid("66666666-7777-8888-9999-000000000000");
        await Repository(cosmos.EventStore(), timeProvider: new ManualTimeProvider())
            .ExecuteAsync(_stream, Command(id, fingerprint: "f"), w => Wallet.Add(w, 5, 7));

        Assert.Equal(
            $$$"""
            {"id":"head","stream":"{{{_stream}}}","kind":"head","version":2,"time":"2026-01-01T12:00:00+00:00",
            "snapshot":{"schema":3,"version":2,"state":{"balance":12,"movements":2}},
            "commands":["{{{id:N}}} 2 f"]}
            """.ReplaceLineEndings(string.Empty),
            await RawAsync(cosmos.Events, "head", _stream.Value));
        Assert.Equal(
            $$$"""
            {"id":"0000000002","stream":"{{{_stream}}}","kind":"event","version":2,"eventId":"{{{NameBasedGuid.Create(id, $"{_stream}/1")}}}",
            "type":"money-added","schemaVersion":2,"time":"2026-01-01T12:00:00+00:00","data":{"amount":7},
            "metadata":{"commandId":"{{{id}}}","correlationId":"correlation-1","user":"someone","source":"test"}}
            """.ReplaceLineEndings(string.Empty),
            await RawAsync(cosmos.Events, "0000000002", _stream.Value));
    }

    [Fact]
    public async Task A_view_is_an_item_that_names_its_projection_and_version()
    {
        var since = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
        await cosmos.ViewStore().SaveAsync(
            new ViewKey(_stream.Value, "x"), "wallet", new VersionedView<WalletView>(new WalletView("x", 1, [1]), 4, since, since.AddSeconds(1)), null);

        Assert.Equal(
            $$$"""
            {"id":"x","partition":"{{{_stream}}}","kind":"wallet","version":4,"since":"2026-01-01T12:00:00.0000000Z",
            "asOf":"2026-01-01T12:00:01+00:00","view":{"walletId":"x","balance":1,"versions":[1]}}
            """.ReplaceLineEndings(string.Empty),
            await RawAsync(cosmos.Views, "x", _stream.Value));
    }

    [Fact]
    public async Task A_missing_event_is_reported_with_its_stream_and_version()
    {
        var store = cosmos.EventStore();
        await Repository(store).ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 1, 2, 3));
        await cosmos.Events.DeleteItemStreamAsync(EventDocument.IdOf(2), new PartitionKey(_stream.Value));

        var exception = await Assert.ThrowsAsync<StreamCorruptedException>(() => store.EventsAsync(_stream));

        Assert.Equal((_stream, 2), (exception.Stream, exception.Version));
    }

    [Theory]
    [InlineData("\"version\":\"three\",\"time\":\"2026-01-01T12:00:00Z\",\"commands\":[]")]
    [InlineData("\"version\":3,\"time\":\"2026-01-01T12:00:00Z\"")]
    [InlineData("\"version\":3,\"time\":\"2026-01-01T12:00:00Z\",\"commands\":[\"66666666777788889999000000000000\"]")]
    [InlineData("\"version\":3,\"time\":\"2026-01-01T12:00:00Z\",\"commands\":[\"me 3\"]")]
    public async Task A_head_that_cannot_be_read_is_reported(string properties)
    {
        await PutAsync(cosmos.Events, $$$"""{"id":"head","stream":"{{{_stream}}}","kind":"head",{{{properties}}}}""");

        var exception = await Assert.ThrowsAsync<StreamCorruptedException>(() => cosmos.EventStore().LoadHeadAsync(_stream));

        Assert.Equal(_stream, exception.Stream);
        Assert.IsType<JsonException>(exception.InnerException);
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_is_reported_and_never_skipped()
    {
        await PutAsync(cosmos.Events, $$"""{"id":"0000000001","stream":"{{_stream}}","kind":"event","version":1}""");
        await Assert.ThrowsAsync<EventFormatException>(() => cosmos.EventStore().EventsAsync(_stream));
    }

    [Theory]
    [InlineData("\"version\":3")]
    [InlineData("\"version\":3.5")]
    public async Task The_events_before_one_that_cannot_be_read_can_be_read(string version)
    {
        var events = Enumerable.Range(1, 5).Select(v => Envelope(_stream, v, new WalletEvent.Added(v))).Where(e => e.Version != 3).ToList();
        foreach (var envelope in events)
        {
            await PutAsync(cosmos.Events, JsonSerializer.Serialize(Serializer.Write(envelope), EventJson.Options));
        }

        await PutAsync(cosmos.Events, $$"""{"id":"0000000003","stream":"{{_stream}}","kind":"event",{{version}}}""");
        var read = new List<EventEnvelope>();
        var exception = await Assert.ThrowsAsync<EventFormatException>(async () =>
        {
            await foreach (var envelope in cosmos.EventStore().ReadAsync(_stream, 1))
            {
                read.Add(envelope);
            }
        });

        Assert.Equal(events.Take(2), read);
        Assert.Contains($"Event 3 of '{_stream}'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_view_that_is_larger_than_the_store_takes_is_refused()
    {
        var view = new VersionedView<WalletView>(new WalletView(new string('x', 3_000_000), 1, [1]), 1, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);

        var exception = await Assert.ThrowsAsync<ViewRefusedException>(
            () => cosmos.ViewStore().SaveAsync(new ViewKey(_stream.Value, "x"), "wallet", view, null));

        Assert.Contains("more than the store takes", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_of_an_unknown_type_is_reported_and_never_skipped()
    {
        var document = Serializer.Write(Envelope(_stream, 1, new WalletEvent.Added(1))) with { Type = "foreign" };
        await PutAsync(cosmos.Events, JsonSerializer.Serialize(document, EventJson.Options));

        Assert.Equal("foreign", (await Assert.ThrowsAsync<UnknownEventTypeException>(() => cosmos.EventStore().EventsAsync(_stream))).Name);
    }

    [Fact]
    public async Task A_view_of_another_shape_names_the_remedy()
    {
        await PutAsync(
            cosmos.Views,
            $$$"""{"id":"x","partition":"{{{_stream}}}","kind":"wallet","version":1,"since":"2026-01-01T12:00:00.0000000Z","asOf":"2026-01-01T12:00:00Z","view":{}}""");

        var exception = await Assert.ThrowsAsync<ViewRefusedException>(
            () => cosmos.ViewStore().FindAsync<WalletView>(new ViewKey(_stream.Value, "x")));

        Assert.Contains("rebuild the projection", exception.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(WalletView), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_serializer_of_the_client_does_not_matter()
    {
        using var client = new CosmosClient(
            cosmos.ConnectionString, new CosmosClientOptions { ConnectionMode = ConnectionMode.Gateway, LimitToEndpoint = true });
        var store = new CosmosEventStore(client.GetContainer(CosmosFixture.Database, cosmos.Events.Id), Serializer);
        await Repository(store).ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 5, 7));

        Assert.Equal(new Loaded<Wallet>(new Wallet(null, 12, 2), 2), await Repository(cosmos.EventStore()).LoadAsync(_stream));
        Assert.Equal(2, (await store.EventsAsync(_stream)).Count);
    }

    private async Task PutAsync(Container container, string json)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(json));
        using var response = await container.CreateItemStreamAsync(content, new PartitionKey(_stream.Value));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    /// <summary>The stored JSON, without the properties that the store adds.</summary>
    private static async Task<string> RawAsync(Container container, string id, string partition)
    {
        using var response = await container.ReadItemStreamAsync(id, new PartitionKey(partition));
        using var document = await JsonDocument.ParseAsync(response.Content);
        var own = document.RootElement.EnumerateObject().Where(p => p.Name[0] != '_').ToDictionary(p => p.Name, p => p.Value);
        return JsonSerializer.Serialize(own, Unescaped);
    }
}
