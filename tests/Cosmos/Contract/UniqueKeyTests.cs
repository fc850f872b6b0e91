using System.Net;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.Local.Cosmos.Tests.Contract;

/// <summary>Unique keys through the SDK: no two items of a logical partition have the same values of one.</summary>
[Collection(CosmosCollection.Name)]
public class UniqueKeyTests(CosmosFixture cosmos)
{
    private static readonly PartitionKey A = new("a");

    [Fact]
    public async Task A_value_is_an_items_own_until_it_gives_it_up()
    {
        var container = await NewContainerAsync("/email");
        await container.CreateItemAsync(new User("1", "a", "ada@example.com"), A);
        await ItemTests.AssertFailsAsync(HttpStatusCode.Conflict, 0, () => container.CreateItemAsync(new User("2", "a", "ada@example.com"), A));
        await ItemTests.AssertFailsAsync(HttpStatusCode.Conflict, 0, () => container.UpsertItemAsync(new User("2", "a", "ada@example.com"), A));
        await container.CreateItemAsync(new User("2", "a", "ben@example.com"), A);
        await ItemTests.AssertFailsAsync(HttpStatusCode.Conflict, 0, () => container.ReplaceItemAsync(new User("2", "a", "ada@example.com"), "2", A));
        await ItemTests.AssertFailsAsync(HttpStatusCode.Conflict, 0, () => container.PatchItemAsync<User>("2", A, [PatchOperation.Set("/email", "ada@example.com")]));

        // Its own it may keep.
        await container.UpsertItemAsync(new User("1", "a", "ada@example.com", "renamed"), A);
        await container.ReplaceItemAsync(new User("1", "a", "ada@elsewhere.com"), "1", A);
        await container.PatchItemAsync<User>("2", A, [PatchOperation.Set("/email", "ada@example.com")]);
        await container.DeleteItemAsync<User>("2", A);
        await container.CreateItemAsync(new User("3", "a", "ada@example.com"), A);
    }

    [Fact]
    public async Task Another_partition_and_other_spellings_do_not_count()
    {
        var container = await NewContainerAsync("/email");
        await container.CreateItemAsync(new User("1", "a", "ada@example.com"), A);
        await container.CreateItemAsync(new User("1", "b", "ada@example.com"), new PartitionKey("b"));
        await container.CreateItemAsync(new User("2", "a", "Ada@example.com"), A);
    }

    [Fact]
    public async Task Nothing_counts_as_null_and_is_there_once()
    {
        var container = await NewContainerAsync("/email");
        await container.CreateItemAsync(new { id = "1", pk = "a" }, A);
        await ItemTests.AssertFailsAsync(HttpStatusCode.Conflict, 0, () => container.CreateItemAsync(new User("2", "a", null), A));
    }

    [Fact]
    public async Task Several_paths_are_unique_together_and_several_keys_each_for_itself()
    {
        var properties = new ContainerProperties($"u{Guid.NewGuid():N}", "/pk")
        {
            UniqueKeyPolicy = new UniqueKeyPolicy { UniqueKeys = { new UniqueKey { Paths = { "/name", "/address/city" } }, new UniqueKey { Paths = { "/email" } } } },
        };
        Container container = await cosmos.Database.CreateContainerAsync(properties);
        await container.CreateItemAsync(new { id = "1", pk = "a", name = "Ada", address = new { city = "Bern" }, email = 1 }, A);
        await container.CreateItemAsync(new { id = "2", pk = "a", name = "Ada", address = new { city = "Basel" }, email = 2 }, A);
        await ItemTests.AssertFailsAsync(HttpStatusCode.Conflict, 0, () => container.CreateItemAsync(new { id = "3", pk = "a", name = "Ada", address = new { city = "Bern" }, email = 3 }, A));
        await ItemTests.AssertFailsAsync(HttpStatusCode.Conflict, 0, () => container.CreateItemAsync(new { id = "3", pk = "a", name = "Eva", address = new { city = "Bern" }, email = 2.0 }, A));
    }

    [Fact]
    public async Task A_batch_may_hand_a_value_on_and_fails_as_a_whole_where_it_may_not()
    {
        var container = await NewContainerAsync("/email");
        await container.CreateItemAsync(new User("1", "a", "one"), A);
        using var handed = await container.CreateTransactionalBatch(A)
            .ReplaceItem("1", new User("1", "a", "other")).CreateItem(new User("2", "a", "one")).DeleteItem("2").CreateItem(new User("3", "a", "one")).ExecuteAsync();
        Assert.True(handed.IsSuccessStatusCode, $"{handed.StatusCode}");
        using var refused = await container.CreateTransactionalBatch(A).CreateItem(new User("4", "a", "new")).CreateItem(new User("5", "a", "new")).ExecuteAsync();
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        await container.CreateItemAsync(new User("6", "a", "new"), A);
    }

    [Fact]
    public async Task Of_many_who_want_a_value_at_once_one_gets_it()
    {
        var container = await NewContainerAsync("/email");
        var created = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            try
            {
                await container.CreateItemAsync(new User($"{i}", "a", "wanted"), A);
                return 1;
            }
            catch (CosmosException refused) when (refused.StatusCode == HttpStatusCode.Conflict)
            {
                return 0;
            }
        }));
        Assert.Equal(1, created.Sum());
    }

    [Fact]
    public async Task The_keys_are_told_and_stay_as_they_are()
    {
        var container = await NewContainerAsync("/email");
        var read = (await container.ReadContainerAsync()).Resource;
        Assert.Equal(["/email"], Assert.Single(read.UniqueKeyPolicy.UniqueKeys).Paths);
        read.UniqueKeyPolicy.UniqueKeys.Add(new UniqueKey { Paths = { "/name" } });
        await ItemTests.AssertFailsAsync(HttpStatusCode.BadRequest, 0, () => container.ReplaceContainerAsync(read));
    }

    private async Task<Container> NewContainerAsync(string path) => await cosmos.Database.CreateContainerAsync(
        new ContainerProperties($"u{Guid.NewGuid():N}", "/pk") { UniqueKeyPolicy = new UniqueKeyPolicy { UniqueKeys = { new UniqueKey { Paths = { path } } } } });

    private sealed record User(string Id, string Pk, string? Email, string? Name = null);
}
