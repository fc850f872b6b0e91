using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using EventFunctions.Tests.Support;

namespace EventFunctions.Local.ServiceBus.Tests;

/// <summary>Once somebody has called off a wait nothing comes of it any more, however late the wait itself hears of that.</summary>
public sealed class StopTests : IAsyncDisposable
{
    private readonly TestNamespace _namespace = new();
    private readonly ConcurrentQueue<string> _handled = new();
    private readonly TaskCompletionSource<CancellationToken> _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ValueTask DisposeAsync() => _namespace.DisposeAsync();

    [Fact]
    public async Task A_receiver_whose_caller_has_cancelled_gets_nothing()
    {
        using var cancellation = new CancellationTokenSource();
        await using var receiver = _namespace.Client.CreateReceiver("plain");
        var receiving = receiver.ReceiveMessageAsync(cancellationToken: cancellation.Token);
        using var deaf = new DeafUntilHeard(cancellation.Token);

        var cancelling = cancellation.CancelAsync();
        await _namespace.SendAsync("plain", "late");

        await Assert.ThrowsAsync<TaskCanceledException>(() => receiving);
        await AssertUntouchedAsync(_namespace.Client.CreateReceiver("plain"), "late");
        deaf.Hear();
        await cancelling;
    }

    [Fact]
    public async Task A_receiver_of_a_client_that_closes_gets_nothing()
    {
        var client = _namespace.Broker.CreateClient();
        var receiving = client.CreateReceiver("plain").ReceiveMessageAsync();
        using var deaf = new DeafUntilHeard(client.Closed);

        var closing = client.DisposeAsync();
        await _namespace.SendAsync("plain", "late");

        await Assert.ThrowsAsync<TaskCanceledException>(() => receiving);
        await AssertUntouchedAsync(_namespace.Client.CreateReceiver("plain"), "late");
        deaf.Hear();
        await closing;
    }

    [Fact]
    public async Task Whoever_has_cancelled_its_wait_for_a_session_does_not_get_it()
    {
        using var cancellation = new CancellationTokenSource();
        var accepting = _namespace.Client.AcceptNextSessionAsync("sessions", cancellationToken: cancellation.Token);
        using var deaf = new DeafUntilHeard(cancellation.Token);

        var cancelling = cancellation.CancelAsync();
        await _namespace.SendToSessionAsync("sessions", "a", "late");

        await Assert.ThrowsAsync<TaskCanceledException>(() => accepting);
        await AssertUntouchedAsync(await _namespace.Client.AcceptSessionAsync("sessions", "a"), "late");
        deaf.Hear();
        await cancelling;
    }

    [Fact]
    public async Task A_processor_that_stops_begins_nothing_new()
    {
        var options = new ServiceBusProcessorOptions { MaxConcurrentCalls = 2, MaxAutoLockRenewalDuration = TimeSpan.Zero };
        await using var processor = _namespace.Client.CreateProcessor("plain", options);
        processor.ProcessMessageAsync += args => HandleAsync(args.Message, args.CancellationToken);
        processor.ProcessErrorAsync += FailAsync;
        await processor.StartProcessingAsync();
        await _namespace.SendAsync("plain", "early");

        await StopAndSendAsync(processor.StopProcessingAsync, () => _namespace.SendAsync("plain", "late"));

        await AssertUntouchedAsync(_namespace.Client.CreateReceiver("plain"), "late");
    }

    [Fact]
    public async Task A_session_processor_that_stops_begins_nothing_new()
    {
        var options = new ServiceBusSessionProcessorOptions
        {
            MaxConcurrentSessions = 1,
            MaxConcurrentCallsPerSession = 2,
            MaxAutoLockRenewalDuration = TimeSpan.Zero,
        };
        await using var processor = _namespace.Client.CreateSessionProcessor("sessions", options);
        processor.ProcessMessageAsync += args => HandleAsync(args.Message, args.CancellationToken);
        processor.ProcessErrorAsync += FailAsync;
        await processor.StartProcessingAsync();
        await _namespace.SendToSessionAsync("sessions", "a", "early");

        await StopAndSendAsync(processor.StopProcessingAsync, () => _namespace.SendToSessionAsync("sessions", "a", "late"));

        await AssertUntouchedAsync(await _namespace.Client.AcceptSessionAsync("sessions", "a"), "late");
    }

    /// <summary>Stops while one handler runs and the processor waits for more, and sends before that wait has heard of it.</summary>
    private async Task StopAndSendAsync(Func<CancellationToken, Task> stop, Func<Task> send)
    {
        var token = await _entered.Task.WaitAsync(Eventually.DefaultDeadline);
        await Eventually.HoldsAsync(() => _namespace.Clock.PendingTimers == 2, "the processor waits for more, beside the lock's alarm");
        using var deaf = new DeafUntilHeard(token);
        var stopping = stop(CancellationToken.None);
        await send();
        deaf.Hear();
        _released.SetResult();
        await stopping.WaitAsync(Eventually.DefaultDeadline);
        Assert.Equal(["early"], _handled);
    }

    private async Task HandleAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken)
    {
        _handled.Enqueue(message.Body.ToString());
        _entered.TrySetResult(cancellationToken);
        await _released.Task;
    }

    private Task FailAsync(ProcessErrorEventArgs args)
    {
        _handled.Enqueue(args.Exception.ToString());
        return Task.CompletedTask;
    }

    private async Task AssertUntouchedAsync(ServiceBusReceiver receiver, string body)
    {
        var message = await _namespace.ReceiveAsync(receiver);
        Assert.Equal((body, 1), (message.Body.ToString(), message.DeliveryCount));
    }
}
