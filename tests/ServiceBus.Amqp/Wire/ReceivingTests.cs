namespace EventFunctions.Local.ServiceBus.Amqp.Tests.Wire;

/// <summary>Credit, windows and settlement where the endpoint sends.</summary>
public sealed class ReceivingTests : IAsyncLifetime
{
    private TestEndpoint _endpoint = null!;

    public async Task InitializeAsync() => _endpoint = await TestEndpoint.StartAsync();

    public async Task DisposeAsync() => await _endpoint.DisposeAsync();

    [Fact]
    public async Task No_more_messages_come_than_there_is_credit_for()
    {
        await SendAsync("queue-1", 5);
        using var client = await WireClient.BeginAsync(_endpoint.Port);
        await client.AttachAsync(0, "queue-1", receives: true);

        await client.GiveCreditAsync(0, 2);
        Assert.Equal(["1", "2"], await BodiesAsync(client, 2));
        await client.GiveCreditAsync(0, 1, deliveryCount: 2);
        Assert.Equal(["3"], await BodiesAsync(client, 1));

        var counts = _endpoint.Broker.GetCounts("queue-1");
        Assert.Equal((2, 3), (counts.Active, counts.Locked));
    }

    [Fact]
    public async Task A_drain_sends_what_there_is_and_takes_the_rest_of_the_credit_back()
    {
        await SendAsync("queue-1", 3);
        using var client = await WireClient.BeginAsync(_endpoint.Port);
        await client.AttachAsync(0, "queue-1", receives: true);

        await client.GiveCreditAsync(0, 10, drain: true);

        Assert.Equal(["1", "2", "3"], await BodiesAsync(client, 3));
        var flow = await client.ReceiveAsync<Performative.Flow>();
        Assert.Equal((10u, 0u, true), (flow.DeliveryCount!.Value, flow.LinkCredit!.Value, flow.Drain));
    }

    [Fact]
    public async Task A_drain_ends_a_wait_too()
    {
        using var client = await WireClient.BeginAsync(_endpoint.Port);
        await client.AttachAsync(0, "queue-1", receives: true);
        await client.GiveCreditAsync(0, 10);

        await client.GiveCreditAsync(0, 10, drain: true);

        Assert.Equal((10u, 0u), await client.ReceiveAsync<Performative.Flow>() is var flow ? (flow.DeliveryCount!.Value, flow.LinkCredit!.Value) : default);
        await SendAsync("queue-1", 1);
        Assert.Equal(1, _endpoint.Broker.GetCounts("queue-1").Active);
    }

    [Fact]
    public async Task A_window_of_one_lets_one_frame_through_at_a_time_also_within_a_message()
    {
        var body = new byte[3_000];
        new Random(7).NextBytes(body);
        await SendAsync("queue-1", [TestMessages.Create(body)]);
        using var client = await WireClient.BeginAsync(_endpoint.Port, incomingWindow: 1, maxFrameSize: 512);
        await client.AttachAsync(0, "queue-1", receives: true);
        await client.SendAsync(0, new Performative.Flow(0, 1, 0, 1_000) { Handle = 0, DeliveryCount = 0, LinkCredit = 1 });

        var message = new List<byte>();
        for (uint frames = 1; ; frames++)
        {
            var (performative, payload) = await client.ReceiveFrameAsync();
            var transfer = Assert.IsType<Performative.Transfer>(performative);
            message.AddRange(payload);
            if (!transfer.More)
            {
                Assert.True(frames > 7, $"{frames} frames");
                break;
            }

            await client.SendAsync(0, new Performative.Flow(frames, 1, 0, 1_000));
        }

        Assert.Equal(body, AmqpMessage.Read(message.ToArray()).Data[0].ToArray());
    }

    [Fact]
    public async Task A_settlement_is_answered_when_it_is_done_and_not_before()
    {
        await SendAsync("queue-1", 1);
        using var client = await WireClient.BeginAsync(_endpoint.Port);
        await client.AttachAsync(0, "queue-1", receives: true);
        await client.GiveCreditAsync(0, 1);
        var transfer = await client.ReceiveAsync<Performative.Transfer>();
        Assert.Equal((16, false), (transfer.DeliveryTag!.Value.Length, transfer.Settled));

        await client.SendAsync(0, new Performative.Disposition(true, 0, 0, Settled: false, DeliveryState.Accept));

        var answer = await client.ReceiveAsync<Performative.Disposition>();
        Assert.Equal((false, true), (answer.IsReceiver, answer.Settled));
        Assert.IsType<DeliveryState.Accepted>(answer.State);
        Assert.Equal(0, _endpoint.Broker.GetCounts("queue-1").Total);
    }

    [Fact]
    public async Task A_range_is_settled_at_once()
    {
        await SendAsync("queue-1", 10);
        using var client = await WireClient.BeginAsync(_endpoint.Port);
        await client.AttachAsync(0, "queue-1", receives: true);
        await client.GiveCreditAsync(0, 10);
        await BodiesAsync(client, 10);

        await client.SendAsync(0, new Performative.Disposition(true, 2, 6, Settled: false, DeliveryState.Accept));

        var settled = new List<uint>();
        for (var i = 0; i < 5; i++)
        {
            settled.Add((await client.ReceiveAsync<Performative.Disposition>()).First);
        }

        Assert.Equal([2u, 3u, 4u, 5u, 6u], settled.Order());
        Assert.Equal(5, _endpoint.Broker.GetCounts("queue-1").Total);
    }

    [Fact]
    public async Task A_lock_that_is_lost_is_told()
    {
        await SendAsync("queue-1", 1);
        using var client = await WireClient.BeginAsync(_endpoint.Port);
        await client.AttachAsync(0, "queue-1", receives: true);
        await client.GiveCreditAsync(0, 1);
        var token = new Guid((await client.ReceiveAsync<Performative.Transfer>()).DeliveryTag!.Value.Span);
        await _endpoint.Broker.FindQueue("queue-1")!.SettleAsync(token, new Settlement.Complete(), null, CancellationToken.None);

        await client.SendAsync(0, new Performative.Disposition(true, 0, 0, Settled: false, DeliveryState.Accept));

        var rejected = Assert.IsType<DeliveryState.Rejected>((await client.ReceiveAsync<Performative.Disposition>()).State);
        Assert.Equal(ErrorCondition.MessageLockLost, rejected.Error?.Condition);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task What_is_released_was_never_delivered_and_what_is_modified_was(bool isModified, uint count)
    {
        await SendAsync("queue-1", 1);
        using var client = await WireClient.BeginAsync(_endpoint.Port);
        await client.AttachAsync(0, "queue-1", receives: true);
        await client.GiveCreditAsync(0, 2);
        await client.ReceiveAsync<Performative.Transfer>();

        await client.SendAsync(0, new Performative.Disposition(
            true, 0, 0, Settled: true, isModified ? new DeliveryState.Modified(true, false, null) : new DeliveryState.Released()));

        var (_, again) = await client.ReceiveFrameAsync();
        Assert.Equal(count, AmqpMessage.Read(again).Header?[4]);
    }

    [Fact]
    public async Task A_link_that_closes_gives_back_its_session_before_it_says_so()
    {
        await SendAsync("sessions-1", [TestMessages.Create("1", "s")]);
        using var client = await WireClient.BeginAsync(_endpoint.Port);
        for (uint i = 0; i < 20; i++)
        {
            var answer = await client.AttachAsync(i, "sessions-1", receives: true, filter: new AmqpMap { { new AmqpSymbol("com.microsoft:session-filter"), "s" } });
            Assert.Equal("s", answer.Source?.Filter?["com.microsoft:session-filter"]);
            Assert.IsType<long>(answer.Properties?["com.microsoft:locked-until-utc"]);
            await client.SendAsync(0, new Performative.Detach(i, Closed: true, null));
            Assert.Null((await client.ReceiveAsync<Performative.Detach>()).Error);
        }

        Assert.Equal(1, _endpoint.Broker.GetCounts("sessions-1").Active);
    }

    [Fact]
    public async Task What_is_sent_settled_is_gone_from_the_queue()
    {
        await SendAsync("queue-1", 2);
        using var client = await WireClient.BeginAsync(_endpoint.Port);
        await client.AttachAsync(0, "queue-1", receives: true, settleMode: Performative.Attach.Settled);

        await client.GiveCreditAsync(0, 2);

        Assert.True((await client.ReceiveAsync<Performative.Transfer>()).Settled);
        Assert.True((await client.ReceiveAsync<Performative.Transfer>()).Settled);
        Assert.Equal(0, _endpoint.Broker.GetCounts("queue-1").Total);
    }

    private Task SendAsync(string queue, int count) => SendAsync(queue, [.. Enumerable.Range(1, count).Select(i => TestMessages.Create($"{i}"))]);

    private async Task SendAsync(string queue, IEnumerable<ReadOnlyMemory<byte>> messages) => Assert.IsType<SendOutcome.Accepted>(
        await _endpoint.Broker.FindTarget(queue)!.SendAsync([.. messages.Select(InboundMessages.ReadOne)], CancellationToken.None));

    private static async Task<List<string>> BodiesAsync(WireClient client, int count)
    {
        var bodies = new List<string>();
        while (bodies.Count < count)
        {
            var (performative, payload) = await client.ReceiveFrameAsync();
            if (performative is Performative.Transfer)
            {
                bodies.Add(TestMessages.Body(payload));
            }
        }

        return bodies;
    }
}
