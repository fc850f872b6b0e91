namespace EventFunctions.Local.ServiceBus.Amqp.Tests.Wire;

/// <summary>What tokens open.</summary>
public sealed class TokenTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("sb://localhost/orders", "orders", true)]
    [InlineData("http://localhost:5300/orders?api-version=2021-05", "orders", true)]
    [InlineData("amqp://localhost/orders/Subscriptions/mine", "orders/subscriptions/MINE/$management", true)]
    [InlineData("sb://localhost/", "anything", true)]
    [InlineData("sb://localhost/orders", "orders-2", false)]
    [InlineData("sb://localhost/orders/Subscriptions/mine", "orders", false)]
    [InlineData("sb://localhost/with%20space", "with space", true)]
    public void A_token_covers_its_resource_and_what_is_below(string resource, string path, bool isCovered)
    {
        var (grant, refusal) = SharedAccessToken.Check(Token(resource), AccessKey.OfEmulator, Now);

        Assert.Null(refusal);
        Assert.Equal(isCovered, grant!.Covers(path, Now));
        Assert.False(grant.Covers(path, Now.AddHours(2)));
    }

    [Theory]
    [InlineData("", "no shared access signature")]
    [InlineData("Bearer eyJ", "no shared access signature")]
    [InlineData("SharedAccessSignature sr=x", "lacks one of")]
    [InlineData("SharedAccessSignature sr=x&sr=y", "not made of names and values")]
    [InlineData("SharedAccessSignature sr=x&sig=!!&se=1&skn=RootManageSharedAccessKey", "not signed with a key")]
    public void What_is_no_token_is_refused_with_the_reason(string token, string reason) =>
        Assert.Contains(reason, SharedAccessToken.Check(token, AccessKey.OfEmulator, Now).Refusal, StringComparison.Ordinal);

    [Fact]
    public void A_token_ends_with_its_time_and_is_good_for_its_key_alone()
    {
        Assert.Contains("expired", SharedAccessToken.Check(Token("sb://x/q", Now), AccessKey.OfEmulator, Now).Refusal, StringComparison.Ordinal);
        Assert.Contains("not signed", SharedAccessToken.Check(Token("sb://x/q", key: "other"), AccessKey.OfEmulator, Now).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_opens_its_entity_and_a_bearer_token_is_refused_by_name()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await WireClient.BeginAsync(endpoint.Port, isAnonymous: true);
        await client.AttachAsync(0, "$cbs", receives: false);
        await client.AttachAsync(1, "$cbs", receives: true, name: "replies");
        await client.GiveCreditAsync(1, 10);

        var (status, description) = await PutAsync(client, 0, "jwt", "eyJ");
        Assert.Equal(401, status);
        Assert.Contains("no identity provider", description, StringComparison.Ordinal);
        Assert.Equal(202, (await PutAsync(client, 1, "servicebus.windows.net:sastoken", Token("sb://localhost/queue-1", DateTimeOffset.UtcNow.AddHours(1)))).Status);

        Assert.NotNull((await client.AttachAsync(2, "queue-1", receives: false)).Target);
        await client.AttachAsync(3, "queue-2", receives: false);
        Assert.Equal(ErrorCondition.UnauthorizedAccess, (await client.ReceiveAsync<Performative.Detach>()).Error?.Condition);
    }

    private static async Task<(int Status, string Description)> PutAsync(WireClient client, uint id, string type, string token)
    {
        var writer = new AmqpWriter();
        writer.WriteValue(new AmqpDescribed(MessageSection.Properties, new AmqpList { 7ul, null, null, null, "replies" }));
        writer.WriteValue(new AmqpDescribed(MessageSection.ApplicationProperties, new AmqpMap { { "operation", "put-token" }, { "type", type }, { "name", "sb://localhost/queue-1" } }));
        writer.WriteValue(new AmqpDescribed(MessageSection.Value, token));
        await client.SendAsync(0, new Performative.Transfer(0) { DeliveryId = id, DeliveryTag = new byte[] { (byte)id }, Settled = true }, writer.Written);
        while (true)
        {
            var (performative, payload) = await client.ReceiveFrameAsync();
            if (performative is Performative.Transfer)
            {
                var answer = AmqpMessage.Read(payload);
                Assert.Equal(7ul, answer.Properties![5]);
                return ((int)answer.ApplicationProperties!["status-code"]!, (string)answer.ApplicationProperties["status-description"]!);
            }
        }
    }

    private static string Token(string resource, DateTimeOffset? expires = null, string key = "SAS_KEY_VALUE") =>
        TestTokens.Create(resource, expires ?? Now.AddHours(1), key);
}
