using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.Local.Host;

/// <summary>The containers of the store, as <c>infra/containers.json</c> declares them for both runtimes.</summary>
/// <param name="Containers">In the order of the file.</param>
internal sealed record StoreDefinition(IReadOnlyList<StoreContainer> Containers)
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Reads the file.</summary>
    /// <exception cref="LocalRuntimeException">There is no such file, or it declares something else than containers.</exception>
    public static async Task<StoreDefinition> LoadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync<StoreDefinition>(file, Strict, cancellationToken)
                ?? throw new LocalRuntimeException($"{path} is empty; it must declare the containers of the store.");
        }
        catch (JsonException exception)
        {
            throw new LocalRuntimeException($"{path} does not declare containers with name, partitionKey and indexingPolicy: {exception.Message}", exception);
        }
        catch (IOException exception)
        {
            throw new LocalRuntimeException($"{path} can't be read ({exception.Message}). Build local/Host again: it copies the file beside its output.", exception);
        }
    }

    /// <summary>Creates the database and every container that is not there yet.</summary>
    public async Task CreateAsync(CosmosClient client, string databaseName, CancellationToken cancellationToken)
    {
        Database database = await client.CreateDatabaseIfNotExistsAsync(databaseName, cancellationToken: cancellationToken);
        await Task.WhenAll(Containers.Select(container => database.CreateContainerIfNotExistsAsync(
            new ContainerProperties(container.Name, container.PartitionKey)
            {
                DefaultTimeToLive = container.DefaultTimeToLive,
                IndexingPolicy = container.IndexingPolicy.ToPolicy(),
            },
            cancellationToken: cancellationToken)));
    }
}

/// <summary>A container of the store.</summary>
/// <param name="Name">Its name.</param>
/// <param name="PartitionKey">The path of its partition key, e.g. <c>/stream</c>.</param>
/// <param name="IndexingPolicy">What of its items is indexed.</param>
/// <param name="DefaultTimeToLive">Seconds that items live, -1 if only those with a time of their own expire; left out if none does.</param>
/// <param name="DedicatedThroughput">Whether it has a throughput of its own on Azure, where throughput is provisioned; here it has no meaning.</param>
internal sealed record StoreContainer(
    string Name, string PartitionKey, StoreIndexing IndexingPolicy, int? DefaultTimeToLive = null, bool DedicatedThroughput = false);
