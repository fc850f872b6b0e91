using Azure.Messaging.ServiceBus;

namespace EventFunctions.Local.ServiceBus.Tests;

/// <summary>A lock ends by the clock, whether or not the alarm that says so has rung.</summary>
public sealed class LateAlarmTests : IAsyncDisposable
{
    private readonly ClockWithoutAlarms _clock = new();
    private readonly TestNamespace _namespace;

    public LateAlarmTests() => _namespace = new TestNamespace(_clock);

    public ValueTask DisposeAsync() => _namespace.DisposeAsync();

    [Fact]
    public async Task A_published_message_does_not_go_to_a_holder_whose_session_lock_is_over()
    {
        var late = await _namespace.Client.AcceptSessionAsync("events", "Sessions", "a");
        var receiving = late.ReceiveMessageAsync();
        _clock.Advance(TimeSpan.FromMinutes(1));

        await _namespace.SendToSessionAsync("events", "a", "a1");

        var lost = await Assert.ThrowsAsync<ServiceBusException>(() => receiving);
        Assert.Equal(ServiceBusFailureReason.SessionLockLost, lost.Reason);
        await using var next = await _namespace.Client.AcceptNextSessionAsync("events", "Sessions");
        Assert.Equal(("a1", 1), await FirstAsync(next));
    }

    [Fact]
    public async Task A_message_whose_lock_is_over_comes_before_one_published_later()
    {
        await _namespace.SendAsync("events", "1");
        var receiver = _namespace.Client.CreateReceiver("events", "All");
        Assert.Equal(("1", 1), await FirstAsync(receiver));
        var receiving = receiver.ReceiveMessageAsync();
        _clock.Advance(TimeSpan.FromMinutes(1));

        await _namespace.SendAsync("events", "2");

        var next = await receiving;
        Assert.Equal(("1", 2), (next.Body.ToString(), next.DeliveryCount));
    }

    private static async Task<(string Body, int DeliveryCount)> FirstAsync(ServiceBusReceiver receiver)
    {
        var message = await receiver.ReceiveMessageAsync();
        return (message.Body.ToString(), message.DeliveryCount);
    }
}
