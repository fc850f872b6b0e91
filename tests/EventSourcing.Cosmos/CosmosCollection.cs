using EventFunctions.EventSourcing.Cosmos.Tests.Fixture;

namespace EventFunctions.EventSourcing.Cosmos.Tests;

[CollectionDefinition(nameof(CosmosCollection))]
public sealed class CosmosCollection : ICollectionFixture<CosmosFixture>;
