using System.Net;
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
    /// <returns>The containers that were there.</returns>
    public async Task<IReadOnlyList<StoreContainer>> CreateAsync(CosmosClient client, string databaseName, CancellationToken cancellationToken)
    {
        Database database = await client.CreateDatabaseIfNotExistsAsync(databaseName, cancellationToken: cancellationToken);
        var answers = await Task.WhenAll(Containers.Select(async container => (
            Container: container,
            Answer: await database.CreateContainerIfNotExistsAsync(container.ToProperties(), cancellationToken: cancellationToken))));
        return [.. answers.Where(a => a.Answer.StatusCode is HttpStatusCode.OK).Select(a => a.Container)];
    }

    /// <summary>Creates what is not there yet, and gives the containers that are there the indexing and the life times declared now, as a deployment does.</summary>
    public async Task CreateOrUpdateAsync(CosmosClient client, string databaseName, CancellationToken cancellationToken)
    {
        var old = await CreateAsync(client, databaseName, cancellationToken);
        await Task.WhenAll(old.Select(container => client.GetContainer(databaseName, container.Name)
            .ReplaceContainerAsync(container.ToProperties(), cancellationToken: cancellationToken)));
    }
}

/// <summary>A container of the store.</summary>
/// <param name="Name">Its name.</param>
/// <param name="PartitionKey">The path of its partition key, e.g. <c>/stream</c>.</param>
/// <param name="IndexingPolicy">What of its items is indexed.</param>
/// <param name="DefaultTimeToLive">Seconds that items live, -1 if only those with a time of their own expire; left out if none does.</param>
/// <param name="DedicatedThroughput">Whether it has a throughput of its own on Azure, where throughput is provisioned; here it has no meaning.</param>
internal sealed record StoreContainer(
    string Name, string PartitionKey, StoreIndexing IndexingPolicy, int? DefaultTimeToLive = null, bool DedicatedThroughput = false)
{
    /// <summary>The container as the SDK declares it.</summary>
    public ContainerProperties ToProperties() => new(Name, PartitionKey)
    {
        DefaultTimeToLive = DefaultTimeToLive,
        IndexingPolicy = IndexingPolicy.ToPolicy(),
    };
}
