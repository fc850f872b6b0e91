using System.Net;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.Local.Cosmos.Tests.Contract;

/// <summary>Throughput through the SDK: what is asked for at creation, read, and replaced.</summary>
[Collection(CosmosCollection.Name)]
public class ThroughputTests(CosmosFixture cosmos)
{
    [Fact]
    public async Task A_container_has_what_it_was_created_with_until_that_is_replaced()
    {
        Container container = await cosmos.Database.CreateContainerAsync(NewName(), "/pk", throughput: 1100);
        Assert.Equal(1100, await container.ReadThroughputAsync());

        var replaced = await container.ReplaceThroughputAsync(2500);
        Assert.Equal(2500, replaced.Resource.Throughput);
        var read = await container.ReadThroughputAsync(new RequestOptions());
        Assert.Equal((2500, null, 400, false), (read.Resource.Throughput, read.Resource.AutoscaleMaxThroughput, read.MinThroughput, read.IsReplacePending));
    }

    [Fact]
    public async Task Autoscale_has_a_most()
    {
        Container container = await cosmos.Database.CreateContainerAsync(new ContainerProperties(NewName(), "/pk"), ThroughputProperties.CreateAutoscaleThroughput(4000));
        var read = await container.ReadThroughputAsync(new RequestOptions());
        Assert.Equal((4000, 400, 1000), (read.Resource.AutoscaleMaxThroughput, read.Resource.Throughput, read.MinThroughput));

        await container.ReplaceThroughputAsync(ThroughputProperties.CreateAutoscaleThroughput(7000));
        Assert.Equal(7000, (await container.ReadThroughputAsync(new RequestOptions())).Resource.AutoscaleMaxThroughput);
        await ItemTests.AssertFailsAsync(HttpStatusCode.BadRequest, 0, () => container.ReplaceThroughputAsync(ThroughputProperties.CreateManualThroughput(400)));
    }

    [Fact]
    public async Task Where_nothing_is_said_a_container_has_400()
    {
        var container = await cosmos.NewContainerAsync();
        Assert.Equal(400, await container.ReadThroughputAsync());
        Assert.Null(await cosmos.Database.ReadThroughputAsync());
    }

    [Fact]
    public async Task A_databases_throughput_is_shared_by_the_containers_that_have_none()
    {
        Database database = await cosmos.Client.CreateDatabaseAsync(NewName(), throughput: 600);
        Container sharing = await database.CreateContainerAsync("sharing", "/pk");
        Container dedicated = await database.CreateContainerAsync("dedicated", "/pk", throughput: 500);
        Assert.Equal((600, null, 500), (await database.ReadThroughputAsync(), await sharing.ReadThroughputAsync(), await dedicated.ReadThroughputAsync()));
        await database.ReplaceThroughputAsync(900);
        Assert.Equal((900, 500), (await database.ReadThroughputAsync(), await dedicated.ReadThroughputAsync()));
        await ItemTests.AssertFailsAsync(HttpStatusCode.NotFound, 0, () => sharing.ReplaceThroughputAsync(500));
        await database.DeleteAsync();
    }

    [Theory]
    [InlineData(100)]
    [InlineData(450)]
    [InlineData(2_000_000)]
    public async Task What_is_no_throughput_is_refused(int throughput)
    {
        await ItemTests.AssertFailsAsync(HttpStatusCode.BadRequest, 0, () => cosmos.Database.CreateContainerAsync(NewName(), "/pk", throughput));
        await ItemTests.AssertFailsAsync(HttpStatusCode.BadRequest, 0, () => cosmos.Client.CreateDatabaseAsync(NewName(), throughput));
        var container = await cosmos.NewContainerAsync();
        await ItemTests.AssertFailsAsync(HttpStatusCode.BadRequest, 0, () => container.ReplaceThroughputAsync(throughput));
        Assert.Equal(400, await container.ReadThroughputAsync());
    }

    [Fact]
    public async Task Databases_and_containers_are_found_by_query()
    {
        var (name, other) = (NewName(), NewName());
        await cosmos.Database.CreateContainerAsync(name, "/pk");
        await cosmos.Database.CreateContainerAsync(other, "/other");
        Assert.Equal([name], await NamesAsync(cosmos.Database.GetContainerQueryIterator<ContainerProperties>(new QueryDefinition("SELECT * FROM c WHERE c.id = @id").WithParameter("@id", name)), c => c.Id));
        Assert.Equal([other], await NamesAsync(cosmos.Database.GetContainerQueryIterator<ContainerProperties>($"SELECT * FROM root r WHERE ARRAY_CONTAINS(r.partitionKey.paths, '/other') AND STARTSWITH(r.id, '{other}')"), c => c.Id));
        Assert.Equal(["contract"], await NamesAsync(cosmos.Client.GetDatabaseQueryIterator<DatabaseProperties>("SELECT * FROM d WHERE d.id = 'contract'"), d => d.Id));
        await ItemTests.AssertFailsAsync(HttpStatusCode.BadRequest, 0, () => cosmos.Client.GetDatabaseQueryIterator<DatabaseProperties>("SELECT * FROM d ORDER BY d.id").ReadNextAsync());
    }

    private static string NewName() => $"t{Guid.NewGuid():N}";

    private static async Task<List<string>> NamesAsync<T>(FeedIterator<T> iterator, Func<T, string> name)
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
