using System.CommandLine;
using EventFunctions.EventSourcing.Cosmos;
using EventFunctions.Local.Cosmos;
using EventFunctions.Local.Host.Administration;
using EventFunctions.Local.Host.CommandLine;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Local.Host.Tests.Administration;

public sealed class CreateStoreCommandTests : IAsyncLifetime
{
    private CosmosEndpoint _emulator = null!;

    public async Task InitializeAsync() => _emulator = await CosmosEndpoint.StartAsync(
        new CosmosEndpointOptions(), TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Fact]
    public async Task Every_container_is_made_as_it_is_declared_and_made_once()
    {
        var declared = await StoreDefinition.LoadAsync(OutputFiles.Containers, CancellationToken.None);

        Assert.Equal(ExitCodes.Success, await RunAsync(_emulator.ConnectionString));
        Assert.Equal(ExitCodes.Success, await RunAsync(_emulator.ConnectionString));

        using var client = new CosmosClient(
            _emulator.ConnectionString, EventStoreClientOptions.ForConnectionString(_emulator.ConnectionString, "tests"));
        Assert.True(declared.Containers.Count >= 10, $"Only {declared.Containers.Count} containers are declared.");
        foreach (var container in declared.Containers)
        {
            ContainerProperties made = await client.GetContainer("shop", container.Name).ReadContainerAsync();
            var policy = made.IndexingPolicy;
            Assert.Equal((container.PartitionKey, container.DefaultTimeToLive), (made.PartitionKeyPath, made.DefaultTimeToLive));
            Assert.Equal(container.IndexingPolicy.IncludedPaths.Select(p => p.Path), policy.IncludedPaths.Select(p => p.Path));
            Assert.Equal(container.IndexingPolicy.ExcludedPaths.Select(p => p.Path), policy.ExcludedPaths.Select(p => p.Path));
            Assert.Equal(
                container.IndexingPolicy.CompositeIndexes.SelectMany(i => i.Select(p => (p.Path, p.Order))),
                policy.CompositeIndexes.SelectMany(i => i.Select(p => (p.Path, p.Order))));
        }
    }

    [Fact]
    public async Task A_connection_string_that_leads_nowhere_is_told()
    {
        using var error = new StringWriter();

        var exit = await CreateStoreCommand.RunAsync("AccountEndpoint=nonsense;AccountKey=AAAA", "shop", TextWriter.Null, error, CancellationToken.None);

        Assert.Equal(ExitCodes.Failure, exit);
        Assert.Contains("AccountEndpoint", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_connection_string_is_refused_before_anything_is_done()
    {
        var command = new RootCommand { CreateStoreCommand.Create() };

        Assert.NotEmpty(command.Parse(["create-store", "--connection", "localhost:8081"]).Errors);
        Assert.NotEmpty(command.Parse(["create-store"]).Errors);
        Assert.Empty(command.Parse(["create-store", "--connection", _emulator.ConnectionString]).Errors);
    }

    private static Task<int> RunAsync(string connectionString) =>
        CreateStoreCommand.RunAsync(connectionString, "shop", TextWriter.Null, TextWriter.Null, CancellationToken.None);
}
