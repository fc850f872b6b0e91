using EventFunctions.Local.Cosmos.Tests.Contract;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.Local.Cosmos.Tests.Wire.Throttling;

[Collection(CosmosCollection.Name)]
public sealed class ThroughputNotEnforcedTests(CosmosFixture cosmos)
{
    [Fact]
    public async Task Unless_asked_for_nobody_waits_and_all_are_told_what_it_costs()
    {
        Container container = await cosmos.Database.CreateContainerAsync($"t{Guid.NewGuid():N}", "/pk", throughput: 400);
        var charges = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i => (await container.CreateItemAsync(new Note($"{i}", "a", i), new PartitionKey("a"))).RequestCharge));
        Assert.Equal(1000, charges.Sum());
    }
}
