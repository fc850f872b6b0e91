using System.Text;
using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Tests.Support;

namespace EventFunctions.Local.Cosmos.Tests.Store;

public sealed class ContainerStateTests
{
    private static readonly PartitionKeyValue A = PartitionKeyValue.Of("a");

    private readonly ManualTimeProvider _clock = new();
    private readonly ContainerState _state = new(new ContainerRid(1, 1), Definition(timeToLive: 3600), new KeyRangeMap(1), timestamp: 0);

    [Fact]
    public async Task An_item_written_again_and_again_takes_the_room_of_one()
    {
        var store = new ContainerStore(_state, new VolatileLog(), _clock);
        for (var i = 0; i < 1000; i++)
        {
            var result = await store.ExecuteAsync(A, new ItemOperation.Upsert(Document("1"), IfMatch: null), CancellationToken.None);
            Assert.True(result.Outcome.Succeeded);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(1, _state.Expiry.Count);
        Assert.Equal(1, _state.Range(0).ByPosition.Count);
        Assert.Equal(0, store.RemoveExpired(10));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, store.RemoveExpired(10));
        Assert.Equal((0, 0, 1001), (_state.Expiry.Count, _state.Range(0).ByPosition.Count, _state.Range(0).Lsn));
    }

    [Fact]
    public async Task A_deleted_item_is_not_waited_for()
    {
        var store = new ContainerStore(_state, new VolatileLog(), _clock);
        await store.ExecuteAsync(A, [new ItemOperation.Create(Document("1")), new ItemOperation.Create(Document("2")), new ItemOperation.Delete("1", IfMatch: null)], CancellationToken.None);
        Assert.Equal(1, _state.Expiry.Count);
    }

    [Fact]
    public async Task A_definition_without_time_to_live_keeps_everything()
    {
        var store = new ContainerStore(_state, new VolatileLog(), _clock);
        await store.ExecuteAsync(A, new ItemOperation.Create(Document("1")), CancellationToken.None);
        await store.ReplaceAsync(Definition(timeToLive: null), CancellationToken.None);
        _clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(0, store.RemoveExpired(10));
        await store.ReplaceAsync(Definition(timeToLive: 1), CancellationToken.None);
        Assert.Equal(1, store.RemoveExpired(10));
    }

    [Fact]
    public async Task A_late_delete_does_not_take_the_container_that_has_the_name_now()
    {
        var account = new Account(1, new AccountState(), new VolatileLog(), _clock);
        var database = (await account.CreateDatabaseAsync("d", throughput: null, CancellationToken.None))!;
        var first = (await account.CreateContainerAsync(database, Definition(timeToLive: null), throughput: null, CancellationToken.None))!;
        Assert.True(await account.DeleteContainerAsync(database, first, CancellationToken.None));
        var second = await account.CreateContainerAsync(database, Definition(timeToLive: null), throughput: null, CancellationToken.None);
        Assert.False(await account.DeleteContainerAsync(database, first, CancellationToken.None));
        Assert.Same(second, account.FindContainer("d", "c"));
    }

    [Fact]
    public async Task A_late_create_finds_the_database_gone()
    {
        var account = new Account(1, new AccountState(), new VolatileLog(), _clock);
        var database = (await account.CreateDatabaseAsync("d", throughput: null, CancellationToken.None))!;
        Assert.True(await account.DeleteDatabaseAsync(database, CancellationToken.None));
        Assert.Null(await account.CreateContainerAsync(database, Definition(timeToLive: null), throughput: null, CancellationToken.None));
    }

    private static ContainerDefinition Definition(int? timeToLive) =>
        new("c", PartitionKeyPath.TryParse("/pk")!, timeToLive, new Dictionary<string, System.Text.Json.JsonElement>(StringComparer.Ordinal));

    private static ItemDocument Document(string id) => new(id, A, TimeToLive: null, Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","pk":"a"}"""));
}
