using System.Text;
using System.Text.Json;
using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Tests.Support;

namespace EventFunctions.Local.Cosmos.Tests.Store;

/// <summary>An item that has expired holds no value of a unique key, whether it was swept away yet or not.</summary>
public sealed class UniqueKeyExpiryTests
{
    private static readonly PartitionKeyValue A = PartitionKeyValue.Of("a");

    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task What_an_expired_item_had_is_free_and_its_removal_leaves_the_next_holder_alone()
    {
        var kept = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { [ContainerDefinition.UniqueKeyPolicyName] = JsonElement.Parse("""{"uniqueKeys":[{"paths":["/v"]}]}""") };
        var definition = new ContainerDefinition("c", PartitionKeyPath.TryParse("/pk")!, DefaultTimeToLive: -1, kept);
        var store = new ContainerStore(new ContainerState(new ContainerRid(1, 1), definition, new KeyRangeMap(1), 0), new VolatileLog(), _clock);
        Assert.IsType<ItemOutcome.Created>(await CreateAsync(store, "1", timeToLive: 10));
        Assert.IsType<ItemOutcome.NotUnique>(await CreateAsync(store, "2", timeToLive: null));

        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.IsType<ItemOutcome.Created>(await CreateAsync(store, "2", timeToLive: null));
        Assert.Equal(1, store.RemoveExpired(10));
        Assert.IsType<ItemOutcome.NotUnique>(await CreateAsync(store, "3", timeToLive: null));
    }

    private static async Task<ItemOutcome> CreateAsync(ContainerStore store, string id, int? timeToLive)
    {
        var document = new ItemDocument(id, A, timeToLive, Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","pk":"a","v":1}"""));
        return (await store.ExecuteAsync(A, new ItemOperation.Create(document), CancellationToken.None)).Outcome;
    }
}
