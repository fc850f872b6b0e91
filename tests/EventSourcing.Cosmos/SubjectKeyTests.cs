using System.Text.Json;
using EventFunctions.EventSourcing.Cosmos.Tests.Fixture;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos.Tests;

[Collection(nameof(CosmosCollection))]
public sealed class SubjectKeyTests(CosmosFixture cosmos)
{
    private readonly InMemoryMasterKey _master = new();
    private readonly DataSubjectId _ann = new($"ann-{Guid.NewGuid():N}");

    [Fact]
    public async Task A_key_is_stored_wrapped_and_is_the_same_for_everybody()
    {
        var made = Held(await Keys().GetOrCreateAsync(_ann));

        Assert.Equal(made, Held(await Keys().FindAsync(_ann)));
        Assert.Equal(made, Held(await Keys().GetOrCreateAsync(_ann)));
        var item = await ItemAsync();
        Assert.Equal(("held", "1"), (item.GetProperty("state").GetString(), item.GetProperty("masterKeyVersion").GetString()));
        Assert.DoesNotContain(Convert.ToBase64String(made), item.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(System.Buffers.Text.Base64Url.EncodeToString(made), item.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_that_make_a_key_at_once_the_first_ones_is_everybodys()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => Keys().GetOrCreateAsync(_ann))));

        Assert.Equal(32, keys.Length);
        Assert.Single(keys.Select(k => Convert.ToHexString(Held(k))).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_deleted_key_leaves_a_tombstone_and_never_comes_back()
    {
        await Keys().GetOrCreateAsync(_ann);

        var first = await Keys().DeleteAsync(_ann);

        Assert.Equal(first, await Keys().DeleteAsync(_ann));
        Assert.Equal(new SubjectKey.Erased(first), await Keys().FindAsync(_ann));
        Assert.Equal(new SubjectKey.Erased(first), await Keys().GetOrCreateAsync(_ann));
        Assert.False((await ItemAsync()).TryGetProperty("wrapped", out _));
    }

    [Fact]
    public async Task Who_never_had_a_key_can_be_erased_and_gets_none_later()
    {
        Assert.IsType<SubjectKey.Absent>(await Keys().FindAsync(_ann));

        await Keys().DeleteAsync(_ann);

        Assert.IsType<SubjectKey.Erased>(await Keys().GetOrCreateAsync(_ann));
    }

    [Fact]
    public async Task A_deletion_and_many_that_make_a_key_end_in_a_tombstone()
    {
        var made = Enumerable.Range(0, 16).Select(_ => Task.Run(() => Keys().GetOrCreateAsync(_ann)));
        await Task.WhenAll([.. made, Task.Run(() => Keys().DeleteAsync(_ann))]);

        Assert.IsType<SubjectKey.Erased>(await Keys().FindAsync(_ann));
    }

    [Fact]
    public async Task A_key_that_is_there_costs_one_point_read_and_a_new_one_a_create_more()
    {
        var log = new RequestLog();
        var keys = new CosmosSubjectKeys(cosmos.Client(log).GetContainer(CosmosFixture.Database, "keys"), _master, TimeProvider.System);

        await keys.GetOrCreateAsync(_ann);
        Assert.Equal(["read", "create"], log.Take());

        await keys.GetOrCreateAsync(_ann);
        Assert.Equal(["read"], log.Take());
    }

    [Fact]
    public async Task A_rotation_that_is_broken_off_in_the_middle_goes_on_where_it_was_and_every_key_stays_what_it_is()
    {
        var container = await cosmos.NewKeysAsync();
        var keys = new CosmosSubjectKeys(container, _master, TimeProvider.System);
        var people = Enumerable.Range(0, 25).Select(i => new DataSubjectId($"person-{i}")).ToList();
        var before = new List<byte[]>();
        foreach (var person in people)
        {
            before.Add(Held(await keys.GetOrCreateAsync(person)));
        }
        await keys.DeleteAsync(people[7]);

        Assert.Equal("2", await _master.RotateAsync());
        var broken = new FailingRequests();
        var writes = 0;
        broken.Before = request => request.Method == HttpMethod.Put && Interlocked.Increment(ref writes) > 10
            ? throw new HttpRequestException("The process ends here.")
            : null;
        var interrupted = new CosmosSubjectKeyRewrap(cosmos.Client(broken).GetContainer(CosmosFixture.Database, container.Id), _master);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => interrupted.RewrapAsync(25));
        Assert.Equal(14, await new CosmosSubjectKeyRewrap(container, _master).CountAsync());
        await AssertSameAsync(keys, people, before);

        var again = new CosmosSubjectKeyRewrap(container, _master);
        Assert.Equal(8, await again.RewrapAsync(8));
        Assert.Equal((6, 6, 0, 0), (await again.CountAsync(), await again.RewrapAsync(100), await again.CountAsync(), await again.RewrapAsync(100)));
        await AssertSameAsync(keys, people, before);
    }

    [Fact]
    public async Task An_erasure_in_the_middle_of_a_rotation_is_not_undone_by_it()
    {
        var container = await cosmos.NewKeysAsync();
        var keys = new CosmosSubjectKeys(container, _master, TimeProvider.System);
        await keys.GetOrCreateAsync(_ann);
        await _master.RotateAsync();
        var meanwhile = new FailingRequests();
        meanwhile.Before = request =>
        {
            if (request.Method == HttpMethod.Put)
            {
                keys.DeleteAsync(_ann).GetAwaiter().GetResult();
            }
            return null;
        };

        var rewrap = new CosmosSubjectKeyRewrap(cosmos.Client(meanwhile).GetContainer(CosmosFixture.Database, container.Id), _master);

        Assert.Equal(0, await rewrap.RewrapAsync(10));
        Assert.IsType<SubjectKey.Erased>(await keys.FindAsync(_ann));
    }

    [Fact]
    public async Task A_record_of_an_erasure_is_written_against_what_was_read()
    {
        var records = new CosmosErasureRecords(cosmos.Audit);
        var record = ErasureRecord.Of(_ann, new ErasureRequest("request 17", null, "correlation-1"), DateTimeOffset.UnixEpoch);

        Assert.Null(await records.FindAsync(_ann));
        var token = await records.SaveAsync(_ann, record, null);
        Assert.NotNull(token);
        Assert.Null(await records.SaveAsync(_ann, record, null));
        var after = record.After(DateTimeOffset.UnixEpoch, [new ErasedPart("views", 3)], DateTimeOffset.UnixEpoch);
        Assert.NotNull(await records.SaveAsync(_ann, after, token));
        Assert.Null(await records.SaveAsync(_ann, after, token));
        var stored = (await records.FindAsync(_ann))!.Record;
        Assert.True(stored.IsComplete);
        Assert.Equal([new ErasedPart("views", 3)], stored.Participants);
    }

    private static byte[] Held(SubjectKey key) => Assert.IsType<SubjectKey.Held>(key).Key.ToArray();

    private static async Task AssertSameAsync(CosmosSubjectKeys keys, List<DataSubjectId> people, List<byte[]> before)
    {
        for (var i = 0; i < people.Count; i++)
        {
            var key = await keys.FindAsync(people[i]);
            if (i == 7)
            {
                Assert.IsType<SubjectKey.Erased>(key);
            }
            else
            {
                Assert.Equal(before[i], Held(key));
            }
        }
    }

    private CosmosSubjectKeys Keys() => new(cosmos.Keys, _master, TimeProvider.System);

    private async Task<JsonElement> ItemAsync() => await cosmos.Keys.ReadItemAsync<JsonElement>(_ann.Id, new PartitionKey(_ann.Id));
}
