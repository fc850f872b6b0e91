using EventFunctions.Tests.Support;

namespace EventFunctions.Local.ServiceBus.Tests;

/// <summary>What a receiver was given is not taken from it by a cancellation, which would leave it locked and with nobody.</summary>
public sealed class HandOverTests
{
    private readonly SlowLog _log = new();

    [Fact]
    public async Task A_message_that_is_being_logged_as_received_is_received_despite_a_cancellation()
    {
        var queue = Queue(requiresSession: false);
        await SendAsync(queue, null);
        using var cancellation = new CancellationTokenSource();
        _log.Hold();

        var receiving = queue.ReceiveAsync(new ReceiveRequest(1, Delete: false), null, TimeSpan.Zero, cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        _log.Release();

        Assert.Single(Assert.IsType<ReceiveOutcome.Received>(await receiving).Messages);
    }

    [Fact]
    public async Task A_session_that_is_being_logged_as_accepted_is_accepted_despite_a_cancellation()
    {
        var queue = Queue(requiresSession: true);
        await SendAsync(queue, "a");
        using var cancellation = new CancellationTokenSource();
        _log.Hold();

        var accepting = queue.AcceptNextSessionAsync(TimeSpan.FromMinutes(1), cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        _log.Release();

        Assert.Equal("a", Assert.IsType<AcceptOutcome.Accepted>(await accepting).Hold.SessionId);
    }

    [Fact]
    public async Task Whoever_has_cancelled_its_wait_gets_nothing_however_late_it_hears_of_it()
    {
        var queue = Queue(requiresSession: false);
        using var cancellation = new CancellationTokenSource();
        var receiving = queue.ReceiveAsync(new ReceiveRequest(1, Delete: false), null, TimeSpan.FromMinutes(1), cancellation.Token).AsTask();
        using var deaf = new DeafUntilHeard(cancellation.Token);

        var cancelling = cancellation.CancelAsync();
        await SendAsync(queue, null);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving);
        var next = await queue.ReceiveAsync(new ReceiveRequest(1, Delete: false), null, TimeSpan.Zero, CancellationToken.None);
        Assert.Equal(0, Assert.Single(Assert.IsType<ReceiveOutcome.Received>(next).Messages).DeliveryCount);
        deaf.Hear();
        await cancelling;
    }

    [Fact]
    public async Task Whoever_has_cancelled_its_wait_for_a_session_leaves_it_to_the_next_in_line()
    {
        var queue = Queue(requiresSession: true);
        using var cancellation = new CancellationTokenSource();
        var first = queue.AcceptNextSessionAsync(TimeSpan.FromMinutes(1), cancellation.Token).AsTask();
        var second = queue.AcceptNextSessionAsync(TimeSpan.FromMinutes(1), CancellationToken.None).AsTask();
        using var deaf = new DeafUntilHeard(cancellation.Token);

        var cancelling = cancellation.CancelAsync();
        await SendAsync(queue, "a");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal("a", Assert.IsType<AcceptOutcome.Accepted>(await second).Hold.SessionId);
        deaf.Hear();
        await cancelling;
    }

    private static async Task SendAsync(MessageQueue queue, string? session) =>
        Assert.IsType<SendOutcome.Accepted>(await queue.SendAsync([new BrokerMessage { SessionId = session }], CancellationToken.None));

    private MessageQueue Queue(bool requiresSession)
    {
        var settings = new QueueSettings(
            "q", requiresSession, TimeSpan.FromSeconds(30), 4, TimeSpan.MaxValue, DeadLetterOnExpiration: false, null, 1 << 20);
        return new MessageQueue(settings, new EntityShard(_log, new ManualTimeProvider()));
    }
}
