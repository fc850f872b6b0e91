using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using EventFunctions.Tests.Support;

namespace EventFunctions.Local.ServiceBus.Tests;

public sealed class SessionProcessorTests : IAsyncDisposable
{
    private readonly TestNamespace _namespace = new();
    private readonly ConcurrentQueue<ProcessErrorEventArgs> _errors = new();

    public ValueTask DisposeAsync() => _namespace.DisposeAsync();

    [Fact]
    public async Task Sessions_are_handled_side_by_side_each_in_order()
    {
        var handled = new ConcurrentDictionary<string, ConcurrentQueue<string>>();
        await using var processor = Create(
            args =>
            {
                handled.GetOrAdd(args.SessionId, _ => new()).Enqueue(args.Message.Body.ToString());
                return Task.CompletedTask;
            },
            new ServiceBusSessionProcessorOptions { MaxConcurrentSessions = 3, SessionIdleTimeout = TimeSpan.FromSeconds(1) });
        await processor.StartProcessingAsync();
        for (var i = 0; i < 20; i++)
        {
            foreach (var session in new[] { "a", "b", "c" })
            {
                await _namespace.SendToSessionAsync("sessions", session, $"{i}");
            }
        }

        await Eventually.HoldsAsync(() => _namespace.Broker.GetCounts("sessions").Total == 0, "all messages are completed");
        Assert.Equal(3, handled.Count);
        Assert.All(handled.Values, bodies => Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}"), bodies));
        Assert.Empty(_errors);
    }

    [Fact]
    public async Task An_idle_session_is_let_go_of_when_its_time_is_over()
    {
        var handled = new ConcurrentQueue<string>();
        var sessions = new ConcurrentQueue<string>();
        await using var processor = Create(
            args =>
            {
                handled.Enqueue(args.Message.Body.ToString());
                return Task.CompletedTask;
            },
            new ServiceBusSessionProcessorOptions { MaxConcurrentSessions = 1, SessionIdleTimeout = TimeSpan.FromSeconds(10) });
        processor.SessionInitializingAsync += args =>
        {
            sessions.Enqueue("+" + args.SessionId);
            return Task.CompletedTask;
        };
        processor.SessionClosingAsync += args =>
        {
            sessions.Enqueue("-" + args.SessionId);
            return Task.CompletedTask;
        };
        await _namespace.SendToSessionAsync("sessions", "a", "a1");
        await processor.StartProcessingAsync();
        await Eventually.HoldsAsync(() => handled.Count == 1, "the first session is handled");

        await Eventually.HoldsAsync(
            () =>
            {
                _namespace.Clock.Advance(TimeSpan.FromSeconds(1));
                return sessions.Contains("-a");
            },
            "the first session is let go of");
        await _namespace.SendToSessionAsync("sessions", "b", "b1");
        await Eventually.HoldsAsync(() => handled.Count == 2, "the second session is handled");

        await processor.StopProcessingAsync();
        Assert.Equal(["+a", "-a", "+b", "-b"], sessions);
        Assert.Equal(0, _namespace.Broker.GetCounts("sessions").Total);
    }

    [Fact]
    public async Task Drained_sessions_make_room_for_waiting_ones_long_before_their_idle_time_is_over()
    {
        var handled = new ConcurrentQueue<string>();
        await using var processor = Create(
            args =>
            {
                handled.Enqueue(args.Message.Body.ToString());
                return Task.CompletedTask;
            },
            new ServiceBusSessionProcessorOptions { MaxConcurrentSessions = 4, SessionIdleTimeout = TimeSpan.FromHours(1) });
        var sent = Enumerable.Range(0, 200).Select(i => $"m{i}").ToArray();
        foreach (var body in sent.Take(100))
        {
            await _namespace.SendToSessionAsync("sessions", $"session-{body}", body);
        }

        await processor.StartProcessingAsync();
        await Eventually.HoldsAsync(() => _namespace.Broker.GetCounts("sessions").Total == 0, "the first half is completed");
        foreach (var body in sent.Skip(100))
        {
            await _namespace.SendToSessionAsync("sessions", $"session-{body}", body);
        }

        await Eventually.HoldsAsync(() => _namespace.Broker.GetCounts("sessions").Total == 0, "all messages are completed");
        Assert.Equal(sent.Order(), handled.Order());
        Assert.Empty(_errors);
    }

    [Fact]
    public async Task A_released_session_can_be_taken_by_another()
    {
        await using var processor = Create(args =>
        {
            args.ReleaseSession();
            return Task.CompletedTask;
        });
        await _namespace.SendToSessionAsync("sessions", "a", "a1");
        await processor.StartProcessingAsync();
        await Eventually.HoldsAsync(() => _namespace.Broker.GetCounts("sessions").Total == 0, "the message is completed");

        await Eventually.HoldsAsync(
            async () =>
            {
                try
                {
                    await using var receiver = await _namespace.Client.AcceptSessionAsync("sessions", "a");
                    return true;
                }
                catch (ServiceBusException e) when (e.Reason == ServiceBusFailureReason.SessionCannotBeLocked)
                {
                    return false; // not released yet
                }
            },
            "the session is free");
    }

    [Fact]
    public async Task A_failing_handler_abandons_and_the_session_goes_on_in_order()
    {
        var attempts = 0;
        var handled = new ConcurrentQueue<string>();
        await using var processor = Create(args =>
        {
            if (args.Message.Body.ToString() == "bad" && Interlocked.Increment(ref attempts) < 3)
            {
                throw new InvalidDataException("not yet");
            }

            handled.Enqueue(args.Message.Body.ToString());
            return Task.CompletedTask;
        });
        await _namespace.SendToSessionAsync("sessions", "a", "bad", "good");
        await processor.StartProcessingAsync();

        await Eventually.HoldsAsync(() => _namespace.Broker.GetCounts("sessions").Total == 0, "both messages are completed");
        Assert.Equal(["bad", "good"], handled);
        Assert.Equal(2, _errors.Count);
    }

    [Fact]
    public async Task Stopping_finishes_what_runs_and_lets_go_of_the_sessions()
    {
        var entered = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using var processor = Create(async _ =>
        {
            entered.SetResult();
            await release.Task;
        });
        await _namespace.SendToSessionAsync("sessions", "a", "a1", "a2");
        await processor.StartProcessingAsync();
        await entered.Task;
        var stopping = processor.StopProcessingAsync();
        Assert.False(stopping.IsCompleted);
        release.SetResult();
        await stopping;

        await using var receiver = await _namespace.Client.AcceptSessionAsync("sessions", "a");
        var left = await receiver.ReceiveMessagesAsync(5);
        Assert.Equal([("a2", 1)], left.Select(m => (m.Body.ToString(), m.DeliveryCount)));
        Assert.Empty(_errors);
    }

    [Fact]
    public async Task A_session_is_kept_while_its_handler_runs_and_lost_when_renewal_ends()
    {
        var entered = new TaskCompletionSource<ProcessSessionMessageEventArgs>();
        var lost = new TaskCompletionSource<SessionLockLostEventArgs>();
        var release = new TaskCompletionSource();
        await using var processor = Create(
            async args =>
            {
                args.SessionLockLostAsync += e =>
                {
                    lost.TrySetResult(e);
                    return Task.CompletedTask;
                };
                entered.TrySetResult(args);
                await release.Task;
            },
            new ServiceBusSessionProcessorOptions { MaxConcurrentCallsPerSession = 2, MaxAutoLockRenewalDuration = TimeSpan.FromMinutes(1) });
        await _namespace.SendToSessionAsync("sessions", "a", "a1");
        await processor.StartProcessingAsync();
        var args = await entered.Task;
        for (var i = 0; i < 2; i++)
        {
            var before = args.SessionLockedUntil;
            _namespace.Clock.Advance(TimeSpan.FromSeconds(20));
            await Eventually.HoldsAsync(() => args.SessionLockedUntil > before, "the session is renewed");
        }

        await Eventually.HoldsAsync(
            () =>
            {
                _namespace.Clock.Advance(TimeSpan.FromSeconds(30));
                return lost.Task.IsCompleted;
            },
            "the loss is noticed");
        Assert.True(args.CancellationToken.IsCancellationRequested);
        release.SetResult();
        await processor.StopProcessingAsync();
        Assert.Contains(_errors, e => e.Exception is ServiceBusException { Reason: ServiceBusFailureReason.SessionLockLost });
    }

    [Fact]
    public async Task Only_named_sessions_are_handled_where_some_are_named()
    {
        var handled = new ConcurrentQueue<string>();
        var options = new ServiceBusSessionProcessorOptions { SessionIds = { "b" } };
        await using var processor = Create(
            async args =>
            {
                await args.SetSessionStateAsync(BinaryData.FromString("seen"));
                handled.Enqueue(args.SessionId + (await args.GetSessionStateAsync()).ToString());
            },
            options);
        await _namespace.SendToSessionAsync("sessions", "a", "a1");
        await _namespace.SendToSessionAsync("sessions", "b", "b1");
        await processor.StartProcessingAsync();

        await Eventually.HoldsAsync(() => _namespace.Broker.GetCounts("sessions").Total == 1, "the named session is handled");
        await processor.StopProcessingAsync();
        Assert.Equal(["bseen"], handled);
        Assert.Equal(1, _namespace.Broker.GetCounts("sessions").Active);
    }

    private ServiceBusSessionProcessor Create(
        Func<ProcessSessionMessageEventArgs, Task> handler, ServiceBusSessionProcessorOptions? options = null)
    {
        var processor = _namespace.Client.CreateSessionProcessor("sessions", options);
        processor.ProcessMessageAsync += handler;
        processor.ProcessErrorAsync += args =>
        {
            _errors.Enqueue(args);
            return Task.CompletedTask;
        };
        return processor;
    }
}
