namespace EventFunctions.Local.ServiceBus.Amqp.Tests.Wire;

/// <summary>What links refuse, and what they keep to.</summary>
public sealed class LinkTests : IAsyncLifetime
{
    private TestEndpoint _endpoint = null!;

    public async Task InitializeAsync() => _endpoint = await TestEndpoint.StartAsync();

    public async Task DisposeAsync() => await _endpoint.DisposeAsync();

    [Theory]
    [InlineData("nowhere", false, ErrorCondition.NotFound)]
    [InlineData("nowhere", true, ErrorCondition.NotFound)]
    [InlineData("nowhere/$management", true, ErrorCondition.NotFound)]
    [InlineData("topic-1", true, ErrorCondition.NotAllowed)]
    [InlineData("topic-1/Subscriptions/all", false, ErrorCondition.NotAllowed)]
    [InlineData("queue-1/$DeadLetterQueue", false, ErrorCondition.NotAllowed)]
    [InlineData("sessions-1", true, ErrorCondition.NotAllowed)]
    public async Task A_link_that_cannot_be_had_is_attached_without_an_end_and_detached_with_the_reason(string address, bool receives, string condition)
    {
        using var client = await WireClient.BeginAsync(_endpoint.Port);

        var answer = await client.AttachAsync(0, address, receives);

        Assert.Null(receives ? answer.Source : (object?)answer.Target);
        Assert.Equal(condition, (await client.ReceiveAsync<Performative.Detach>()).Error?.Condition);
    }

    [Fact]
    public async Task Without_a_token_nothing_is_open()
    {
        using var client = await WireClient.BeginAsync(_endpoint.Port, isAnonymous: true);

        await client.AttachAsync(0, "queue-1", receives: false);

        Assert.Equal(ErrorCondition.UnauthorizedAccess, (await client.ReceiveAsync<Performative.Detach>()).Error?.Condition);
    }

    [Fact]
    public async Task Transactions_are_refused_by_name()
    {
        using var client = await WireClient.BeginAsync(_endpoint.Port);

        await client.SendAsync(0, WireClient.Link(0, "x", receives: false) with { Target = new Target(null, IsCoordinator: true) });

        await client.ReceiveAsync<Performative.Attach>();
        var error = (await client.ReceiveAsync<Performative.Detach>()).Error!;
        Assert.Equal(ErrorCondition.NotImplemented, error.Condition);
        Assert.Contains("Transactions are not supported", error.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_of_the_same_name_takes_the_place_of_the_first()
    {
        using var client = await WireClient.BeginAsync(_endpoint.Port);
        await client.AttachAsync(0, "queue-1", receives: true, name: "mine");

        await client.SendAsync(0, WireClient.Link(1, "queue-1", receives: true, name: "mine"));

        var detach = await client.ReceiveAsync<Performative.Detach>();
        Assert.Equal((0u, ErrorCondition.Stolen), (detach.Handle, detach.Error?.Condition));
        Assert.Equal(1u, (await client.ReceiveAsync<Performative.Attach>()).Handle);
    }

    [Fact]
    public async Task A_handle_in_use_ends_the_session()
    {
        using var client = await WireClient.BeginAsync(_endpoint.Port);
        await client.AttachAsync(0, "queue-1", receives: true);

        await client.SendAsync(0, WireClient.Link(0, "queue-2", receives: true, name: "other"));

        Assert.Equal(ErrorCondition.HandleInUse, (await client.ReceiveAsync<Performative.End>()).Error?.Condition);
    }

    [Fact]
    public async Task Aborted_deliveries_give_their_credit_back()
    {
        using var client = await WireClient.BeginAsync(_endpoint.Port);
        await client.AttachAsync(0, "large", receives: false);
        var credit = (await client.ReceiveAsync<Performative.Flow>()).LinkCredit!.Value;
        for (uint i = 0; i <= credit; i++)
        {
            await client.SendAsync(0, new Performative.Transfer(0) { DeliveryId = i, DeliveryTag = new byte[] { 1 }, More = true }, TestMessages.Create("x"));
            await client.SendAsync(0, new Performative.Transfer(0) { Aborted = true });
        }

        await client.SendAsync(0, new Performative.Transfer(0) { DeliveryId = credit + 1, DeliveryTag = new byte[] { 1 } }, TestMessages.Create("kept"));
        Assert.IsType<DeliveryState.Accepted>((await client.ReceiveAsync<Performative.Disposition>()).State);
        Assert.Equal(1, _endpoint.Broker.GetCounts("large").Active);
    }

    [Fact]
    public async Task A_message_that_is_larger_than_the_entity_takes_detaches_the_link_before_all_of_it_has_come()
    {
        using var client = await WireClient.BeginAsync(_endpoint.Port);
        await client.AttachAsync(0, "queue-1", receives: false);
        var part = new byte[60_000];
        for (var i = 0; i < 6; i++)
        {
            await client.SendAsync(0, new Performative.Transfer(0) { DeliveryId = i == 0 ? 0 : null, DeliveryTag = i == 0 ? new byte[] { 1 } : null, More = true }, part);
        }

        Assert.Equal(ErrorCondition.MessageSizeExceeded, (await client.ReceiveAsync<Performative.Detach>()).Error?.Condition);
        Assert.Equal(0, _endpoint.Broker.GetCounts("queue-1").Total);
    }

    [Fact]
    public async Task Bytes_that_are_no_message_are_rejected_and_the_link_lives()
    {
        using var client = await WireClient.BeginAsync(_endpoint.Port);
        await client.AttachAsync(0, "queue-1", receives: false);

        await client.SendAsync(0, new Performative.Transfer(0) { DeliveryId = 0, DeliveryTag = new byte[] { 1 } }, new byte[] { 1, 2, 3 });
        await client.SendAsync(0, new Performative.Transfer(0) { DeliveryId = 1, DeliveryTag = new byte[] { 2 } }, TestMessages.Create("good"));

        var rejected = Assert.IsType<DeliveryState.Rejected>((await client.ReceiveAsync<Performative.Disposition>()).State);
        Assert.Equal(ErrorCondition.DecodeError, rejected.Error?.Condition);
        Assert.IsType<DeliveryState.Accepted>((await client.ReceiveAsync<Performative.Disposition>()).State);
        Assert.Equal(1, _endpoint.Broker.GetCounts("queue-1").Total);
    }

    [Fact]
    public async Task What_was_aborted_was_never_sent()
    {
        using var client = await WireClient.BeginAsync(_endpoint.Port);
        await client.AttachAsync(0, "queue-1", receives: false);

        await client.SendAsync(0, new Performative.Transfer(0) { DeliveryId = 0, DeliveryTag = new byte[] { 1 }, More = true }, TestMessages.Create("first half"));
        await client.SendAsync(0, new Performative.Transfer(0) { Aborted = true });
        await client.SendAsync(0, new Performative.Transfer(0) { DeliveryId = 1, DeliveryTag = new byte[] { 2 } }, TestMessages.Create("whole"));

        Assert.Equal(1u, (await client.ReceiveAsync<Performative.Disposition>()).First);
        Assert.Equal(1, _endpoint.Broker.GetCounts("queue-1").Total);
    }

    [Fact]
    public async Task A_state_of_a_transaction_is_refused()
    {
        using var client = await WireClient.BeginAsync(_endpoint.Port);
        await client.AttachAsync(0, "queue-1", receives: false);

        await client.SendAsync(
            0, new Performative.Transfer(0) { DeliveryId = 0, DeliveryTag = new byte[] { 1 }, State = new DeliveryState.Transactional(new byte[] { 1 }) }, TestMessages.Create("x"));

        var rejected = Assert.IsType<DeliveryState.Rejected>((await client.ReceiveAsync<Performative.Disposition>()).State);
        Assert.Equal(ErrorCondition.NotImplemented, rejected.Error?.Condition);
        Assert.Equal(0, _endpoint.Broker.GetCounts("queue-1").Total);
    }
}
