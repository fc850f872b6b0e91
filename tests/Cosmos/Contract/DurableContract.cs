using EventFunctions.Tests.Support;

namespace EventFunctions.Local.Cosmos.Tests.Contract;

/// <summary>An endpoint that keeps its state in a folder; the contract is the same.</summary>
public sealed class DurableCosmosFixture : CosmosFixture
{
    private readonly string _folder = MemoryFolder.Create("cosmos-contract-");

    protected override CosmosEndpointOptions Setup => new() { Folder = _folder };

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

[CollectionDefinition(Name)]
public sealed class DurableCosmosCollection : ICollectionFixture<DurableCosmosFixture>
{
    public const string Name = "Durable Cosmos endpoint";
}

[Collection(DurableCosmosCollection.Name)]
public sealed class DurableBatchTests(DurableCosmosFixture cosmos) : BatchTests(cosmos);

[Collection(DurableCosmosCollection.Name)]
public sealed class DurableChangeFeedTests(DurableCosmosFixture cosmos) : ChangeFeedTests(cosmos);

[Collection(DurableCosmosCollection.Name)]
public sealed class DurableContainerTests(DurableCosmosFixture cosmos) : ContainerTests(cosmos);

[Collection(DurableCosmosCollection.Name)]
public sealed class DurableItemTests(DurableCosmosFixture cosmos) : ItemTests(cosmos);

[Collection(DurableCosmosCollection.Name)]
public sealed class DurablePatchTests(DurableCosmosFixture cosmos) : PatchTests(cosmos);

[Collection(DurableCosmosCollection.Name)]
public sealed class DurableQueryTests(DurableCosmosFixture cosmos) : QueryTests(cosmos);

[Collection(DurableCosmosCollection.Name)]
public sealed class DurableThroughputTests(DurableCosmosFixture cosmos) : ThroughputTests(cosmos);

[Collection(DurableCosmosCollection.Name)]
public sealed class DurableUniqueKeyTests(DurableCosmosFixture cosmos) : UniqueKeyTests(cosmos);
