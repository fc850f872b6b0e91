using System.Net;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.Local.Cosmos.Tests.Contract;

[Collection(CosmosCollection.Name)]
public class ContainerTests(CosmosFixture cosmos)
{
    [Fact]
    public async Task Databases_are_created_read_listed_and_deleted()
    {
        var id = $"db {Guid.NewGuid():N}";
        Assert.Equal(HttpStatusCode.Created, (await cosmos.Client.CreateDatabaseIfNotExistsAsync(id)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await cosmos.Client.CreateDatabaseIfNotExistsAsync(id)).StatusCode);
        await ItemTests.AssertFailsAsync(HttpStatusCode.Conflict, 0, () => cosmos.Client.CreateDatabaseAsync(id));
        Assert.Contains(id, await NamesAsync());

        var database = cosmos.Client.GetDatabase(id);
        Container container = await database.CreateContainerAsync("c", "/pk");
        await container.CreateItemAsync(new Note("1", "a", 1));
        await database.DeleteAsync();
        Assert.DoesNotContain(id, await NamesAsync());
        await ItemTests.AssertFailsAsync(HttpStatusCode.NotFound, 0, () => database.ReadAsync());
        await ItemTests.AssertFailsAsync(HttpStatusCode.NotFound, 1003, () => container.ReadItemAsync<Note>("1", new PartitionKey("a")));
    }

    [Fact]
    public async Task Containers_are_created_read_replaced_listed_and_deleted()
    {
        Container container = await cosmos.NewContainerAsync(timeToLive: 60);
        var read = (await container.ReadContainerAsync()).Resource;
        Assert.Equal(("/pk", 60, PartitionKeyDefinitionVersion.V2), (read.PartitionKeyPath, read.DefaultTimeToLive, read.PartitionKeyDefinitionVersion));

        read.DefaultTimeToLive = null;
        read.IndexingPolicy.ExcludedPaths.Add(new ExcludedPath { Path = "/data/*" });
        var replaced = (await container.ReplaceContainerAsync(read)).Resource;
        Assert.Null(replaced.DefaultTimeToLive);
        Assert.Contains((await container.ReadContainerAsync()).Resource.IndexingPolicy.ExcludedPaths, p => p.Path == "/data/*");

        await ItemTests.AssertFailsAsync(HttpStatusCode.Conflict, 0, () => cosmos.Database.CreateContainerAsync(container.Id, "/pk"));
        await ItemTests.AssertFailsAsync(HttpStatusCode.BadRequest, 0, () => container.ReplaceContainerAsync(new ContainerProperties(container.Id, "/other")));
        Assert.Contains(container.Id, await ContainerNamesAsync());

        await container.DeleteContainerAsync();
        Assert.DoesNotContain(container.Id, await ContainerNamesAsync());
        await ItemTests.AssertFailsAsync(HttpStatusCode.NotFound, 1003, () => container.ReadContainerAsync());
    }

    [Fact]
    public async Task A_container_has_four_ranges()
    {
        var container = await cosmos.NewContainerAsync();
        Assert.Equal(4, (await container.GetFeedRangesAsync()).Count);
    }

    [Fact]
    public async Task What_a_container_cannot_have_is_refused_by_name()
    {
        ContainerProperties[] unsupported =
        [
            new("x", ["/a", "/b"]),
            new("x", "/a") { PartitionKeyDefinitionVersion = PartitionKeyDefinitionVersion.V1 },
            new("x", "/a") { UniqueKeyPolicy = new UniqueKeyPolicy { UniqueKeys = { new UniqueKey { Paths = { "/b/*" } } } } },
        ];
        string[] named = ["Hierarchical", "version 2", "unique key"];
        foreach (var (properties, name) in unsupported.Zip(named))
        {
            var refused = await Assert.ThrowsAsync<CosmosException>(() => cosmos.Database.CreateContainerAsync(properties));
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains(name, refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_nested_partition_key_is_found()
    {
        var container = await cosmos.NewContainerAsync(key: "/address/city");
        await container.CreateItemAsync(new { id = "1", address = new { city = "Bern" } }, new PartitionKey("Bern"));
        using var read = await container.ReadItemStreamAsync("1", new PartitionKey("Bern"));
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
    }

    [Fact]
    public async Task Bulk_does_each_operation_for_itself()
    {
        var container = await cosmos.NewContainerAsync();
        await container.CreateItemAsync(new Note("7", "p7", -1), new PartitionKey("p7"));
        using var client = new CosmosClient(cosmos.Endpoint.ConnectionString, CosmosFixture.Options(bulk: true));
        var bulk = client.GetContainer(container.Database.Id, container.Id);
        var results = await Task.WhenAll(Enumerable.Range(0, 500).Select(async i =>
        {
            try
            {
                return (await bulk.CreateItemAsync(new Note($"{i}", $"p{i}", i), new PartitionKey($"p{i}"))).StatusCode;
            }
            catch (CosmosException failure)
            {
                return failure.StatusCode;
            }
        }));

        Assert.Equal(499, results.Count(s => s == HttpStatusCode.Created));
        Assert.Equal(HttpStatusCode.Conflict, results[7]);
        using var iterator = container.GetItemQueryIterator<int>("SELECT VALUE COUNT(1) FROM c");
        Assert.Equal(500, (await iterator.ReadNextAsync()).Single());
    }

    private Task<List<string>> NamesAsync() => DrainAsync(cosmos.Client.GetDatabaseQueryIterator<DatabaseProperties>(), d => d.Id);

    private Task<List<string>> ContainerNamesAsync() => DrainAsync(cosmos.Database.GetContainerQueryIterator<ContainerProperties>(), c => c.Id);

    private static async Task<List<string>> DrainAsync<T>(FeedIterator<T> iterator, Func<T, string> name)
    {
        using (iterator)
        {
            var names = new List<string>();
            while (iterator.HasMoreResults)
            {
                names.AddRange((await iterator.ReadNextAsync()).Select(name));
            }

            return names;
        }
    }
}
