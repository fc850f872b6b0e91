using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using EventFunctions.Tests.Support;

namespace EventFunctions.Local.ServiceBus.Tests;

/// <summary>How a session processor ends with a session when something goes wrong around it.</summary>
public sealed class SessionEndTests : IAsyncDisposable
{
    private readonly TestNamespace _namespace = new();
    private readonly ConcurrentQueue<string> _handled = new();
    private readonly ConcurrentQueue<ProcessErrorEventArgs> _errors = new();
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ValueTask DisposeAsync() => _namespace.DisposeAsync();

    [Fact]
    public async Task A_failing_handler_of_a_lost_session_is_reported_and_does_not_hold_up_the_stop()
    {
        await using var processor = Create(2, async args =>
        {
            args.SessionLockLostAsync += _ => throw new InvalidDataException("no");
            _entered.SetResult();
            await _released.Task;
        });
        await _namespace.SendToSessionAsync("sessions", "a", "a1");
        await processor.StartProcessingAsync();
        await _entered.Task;
        await Eventually.HoldsAsync(() => _namespace.Clock.PendingTimers == 2, "the processor waits for more, beside the lock's alarm");

        _namespace.Clock.Advance(TimeSpan.FromSeconds(30));

        await Eventually.HoldsAsync(() => _errors.Any(e => e.Exception is InvalidDataException), "the failure is reported");
        _released.SetResult();
        await processor.StopProcessingAsync().WaitAsync(Eventually.DefaultDeadline);
        Assert.Contains(_errors, e => e.Exception is ServiceBusException { Reason: ServiceBusFailureReason.SessionLockLost });
    }

    [Fact]
    public async Task A_session_accepted_while_its_client_closes_is_given_back_and_does_not_hold_up_the_stop()
    {
        var log = new SlowLog();
        await using var broker = new ServiceBusBroker(MessagingTopology.Parse(TestNamespace.Topology), _namespace.Clock, log);
        await using var other = broker.CreateClient();
        await other.CreateSender("sessions").SendMessageAsync(new ServiceBusMessage("a1") { SessionId = "a" });
        var client = broker.CreateClient();
        var processor = client.CreateSessionProcessor("sessions");
        processor.ProcessMessageAsync += _ => Task.CompletedTask;
        processor.ProcessErrorAsync += _ => Task.CompletedTask;
        log.Hold();
        await processor.StartProcessingAsync();
        await Eventually.HoldsAsync(() => IsHeld(broker.FindQueue("sessions")!, "a"), "the session is being accepted");

        await client.DisposeAsync();
        log.Release();

        await processor.StopProcessingAsync().WaitAsync(Eventually.DefaultDeadline);
        await using var next = await other.AcceptSessionAsync("sessions", "a");
        Assert.Equal(1, (await next.ReceiveMessageAsync()).DeliveryCount);
    }

    [Fact]
    public async Task A_processor_rests_before_it_tries_a_session_again_that_could_not_be_initialised()
    {
        var tries = 0;
        await using var processor = Create(1, args =>
        {
            _handled.Enqueue(args.Message.Body.ToString());
            return Task.CompletedTask;
        });
        processor.SessionInitializingAsync += _ =>
            Interlocked.Increment(ref tries) == 1 ? throw new InvalidDataException("not yet") : Task.CompletedTask;
        await _namespace.SendToSessionAsync("sessions", "a", "a1");
        await processor.StartProcessingAsync();
        await Eventually.HoldsAsync(() => _namespace.Clock.PendingTimers == 2, "the processor rests, beside the lock's alarm");
        Assert.Equal((1, 1, 0), (tries, _errors.Count, _handled.Count));

        _namespace.Clock.Advance(TimeSpan.FromSeconds(1));

        await Eventually.HoldsAsync(() => _handled.Count == 1, "the message is handled at the second try");
        Assert.Equal(2, tries);
    }

    [Fact]
    public async Task A_session_that_has_to_make_room_takes_nothing_more_while_its_last_handler_runs()
    {
        await using var processor = Create(2, async args =>
        {
            _handled.Enqueue(args.Message.Body.ToString());
            if (args.SessionId == "a" && _entered.TrySetResult())
            {
                await args.CompleteMessageAsync(args.Message);
                await _released.Task;
            }
        });
        await _namespace.SendToSessionAsync("sessions", "a", "a1");
        await processor.StartProcessingAsync();
        await _entered.Task;
        await Eventually.HoldsAsync(
            () => _namespace.Clock.PendingTimers == 2 && _namespace.Broker.GetCounts("sessions").Total == 0, "the session is drained");

        await _namespace.SendToSessionAsync("sessions", "b", "b1");
        await _namespace.SendToSessionAsync("sessions", "a", "a2");
        _released.SetResult();

        await Eventually.HoldsAsync(() => _namespace.Broker.GetCounts("sessions").Total == 0, "all messages are completed");
        Assert.Equal(["a1", "b1", "a2"], _handled);
        Assert.Empty(_errors);
    }

    [Fact]
    public async Task A_stop_waits_for_its_handlers_even_if_a_callback_of_the_application_fails()
    {
        var failed = false;
        CancellationToken told = default;
        await using var processor = Create(1, async args =>
        {
            told = args.CancellationToken;
            told.UnsafeRegister(
                _ =>
                {
                    failed = true;
                    throw new InvalidDataException("no");
                },
                null);
            _entered.SetResult();
            await _released.Task;
            _handled.Enqueue(args.Message.Body.ToString());
        });
        await _namespace.SendToSessionAsync("sessions", "a", "a1");
        await processor.StartProcessingAsync();
        await _entered.Task;

        var stopping = processor.StopProcessingAsync();
        await Eventually.HoldsAsync(() => told.IsCancellationRequested && failed, "the callback has failed");
        Assert.False(stopping.IsCompleted);
        _released.SetResult();

        await Assert.ThrowsAsync<AggregateException>(() => stopping);
        Assert.Equal(["a1"], _handled);
        Assert.False(processor.IsProcessing);
    }

    private static bool IsHeld(MessageQueue queue, string session)
    {
        lock (queue.Shard.Gate)
        {
            return queue.State.Sessions.Find(session)?.LockToken is not null;
        }
    }

    private ServiceBusSessionProcessor Create(int callsPerSession, Func<ProcessSessionMessageEventArgs, Task> handler)
    {
        var processor = _namespace.Client.CreateSessionProcessor("sessions", new ServiceBusSessionProcessorOptions
        {
            MaxConcurrentSessions = 1,
            MaxConcurrentCallsPerSession = callsPerSession,
            MaxAutoLockRenewalDuration = TimeSpan.Zero,
        });
        processor.ProcessMessageAsync += handler;
        processor.ProcessErrorAsync += args =>
        {
            _errors.Enqueue(args);
            return Task.CompletedTask;
        };
        return processor;
    }
}
