using EventFunctions.EventSourcing.Cosmos.Tests.Fixture;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos.Tests;

[Collection(nameof(CosmosCollection))]
public sealed class InboxTests(CosmosFixture cosmos)
{
    private readonly InboxKey _key = new("a-handler", Guid.NewGuid().ToString());

    [Fact]
    public async Task A_claim_whose_answer_is_lost_and_that_is_sent_again_finds_itself()
    {
        var inbox = cosmos.InboxOf(cosmos.Client(new ResentRequests(request => request.Method == HttpMethod.Post)));

        var claim = Assert.IsType<InboxClaim.Taken>(await inbox.ClaimAsync(_key));

        Assert.IsType<InboxClaim.InHand>(await cosmos.InboxOf().ClaimAsync(_key));
        Assert.True(await inbox.CompleteAsync(_key, claim));
    }

    [Fact]
    public async Task An_item_is_one_partition_and_carries_its_time_to_live()
    {
        await cosmos.InboxOf().ClaimAsync(_key);

        System.Text.Json.JsonElement item = await cosmos.Inbox.ReadItemAsync<System.Text.Json.JsonElement>(_key.Value, new PartitionKey(_key.Value));

        Assert.Equal((int)new InboxOptions().TimeToLive.TotalSeconds, item.GetProperty("ttl").GetInt32());
        Assert.Equal("claimed", item.GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_container_that_does_not_exist_is_named()
    {
        var inbox = new CosmosInbox(
            cosmos.Client().GetContainer(CosmosFixture.Database, "no-inbox"), new InboxOptions(), TimeProvider.System);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => inbox.ClaimAsync(_key));

        Assert.Contains("no-inbox", exception.Message, StringComparison.Ordinal);
    }
}
