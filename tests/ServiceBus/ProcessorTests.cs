using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using EventFunctions.Tests.Support;

namespace EventFunctions.Local.ServiceBus.Tests;

public sealed class ProcessorTests : IAsyncDisposable
{
    private readonly TestNamespace _namespace = new();
    private readonly ConcurrentQueue<ProcessErrorEventArgs> _errors = new();

    public ValueTask DisposeAsync() => _namespace.DisposeAsync();

    [Fact]
    public async Task A_handled_message_is_completed()
    {
        var handled = new ConcurrentQueue<string>();
        await using var processor = await StartAsync(args =>
        {
            handled.Enqueue(args.Message.Body.ToString());
            return Task.CompletedTask;
        });

        await _namespace.SendAsync("plain", "1", "2", "3");

        await Eventually.HoldsAsync(() => _namespace.Broker.GetCounts("plain").Total == 0, "all messages are completed");
        Assert.Equal(["1", "2", "3"], handled);
        Assert.Empty(_errors);
    }

    [Fact]
    public async Task A_failing_handler_is_reported_and_its_message_tried_again_until_it_is_dead()
    {
        await using var processor = await StartAsync(_ => throw new InvalidDataException("no"));

        await _namespace.SendAsync("plain", "poison");

        await Eventually.HoldsAsync(() => _namespace.Broker.GetCounts("plain").DeadLetter == 1, "the message is dead-lettered");
        Assert.Equal(3, _errors.Count);
        Assert.All(_errors, e =>
        {
            Assert.IsType<InvalidDataException>(e.Exception);
            Assert.Equal((ServiceBusErrorSource.ProcessMessageCallback, "plain"), (e.ErrorSource, e.EntityPath));
        });
    }

    [Fact]
    public async Task What_the_handler_settled_is_left_alone_and_what_it_left_without_auto_complete_stays_locked()
    {
        await using var processor = await StartAsync(
            args => args.Message.Body.ToString() switch
            {
                "dead" => args.DeadLetterMessageAsync(args.Message, "why"),
                "defer" => args.DeferMessageAsync(args.Message),
                _ => Task.CompletedTask,
            },
            new ServiceBusProcessorOptions { AutoCompleteMessages = false });

        await _namespace.SendAsync("plain", "dead", "defer", "leave");

        await Eventually.HoldsAsync(
            () => _namespace.Broker.GetCounts("plain") == new SubscriptionCounts(0, 1, 1, 0, 1, 3), "each message is where it belongs");
        await processor.StopProcessingAsync();
        Assert.Empty(_errors);
        Assert.Equal(1, _namespace.Broker.GetCounts("plain").Locked);
    }

    [Fact]
    public async Task Stopping_waits_for_the_handler_that_runs_and_tells_it()
    {
        var entered = new TaskCompletionSource<CancellationToken>();
        var release = new TaskCompletionSource();
        var processor = await StartAsync(async args =>
        {
            entered.SetResult(args.CancellationToken);
            await release.Task;
        });
        await _namespace.SendAsync("plain", "slow");
        var token = await entered.Task;

        var stopping = processor.StopProcessingAsync();

        await Eventually.HoldsAsync(() => token.IsCancellationRequested, "the handler is told");
        Assert.False(stopping.IsCompleted);
        Assert.True(processor.IsProcessing);
        release.SetResult();
        await stopping;
        Assert.False(processor.IsProcessing);
        Assert.Equal(0, _namespace.Broker.GetCounts("plain").Total);
        await _namespace.SendAsync("plain", "afterwards");
        Assert.Equal(1, _namespace.Broker.GetCounts("plain").Active);
    }

    [Fact]
    public async Task A_handler_that_gives_up_because_of_the_stop_hands_its_message_back_without_an_error()
    {
        var entered = new TaskCompletionSource();
        var processor = await StartAsync(async args =>
        {
            entered.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, args.CancellationToken);
        });
        await _namespace.SendAsync("plain", "slow");
        await entered.Task;

        await processor.StopProcessingAsync();

        Assert.Empty(_errors);
        Assert.Equal(1, _namespace.Broker.GetCounts("plain").Active);
    }

    [Fact]
    public async Task A_lock_is_renewed_while_its_handler_runs_for_as_long_as_allowed()
    {
        var entered = new TaskCompletionSource<ProcessMessageEventArgs>();
        var release = new TaskCompletionSource();
        await using var processor = await StartAsync(
            async args =>
            {
                if (entered.TrySetResult(args))
                {
                    await release.Task;
                }
            },
            new ServiceBusProcessorOptions { MaxAutoLockRenewalDuration = TimeSpan.FromMinutes(2) });
        await _namespace.SendAsync("plain", "slow");
        var args = await entered.Task;
        for (var i = 0; i < 5; i++)
        {
            var before = args.Message.LockedUntil;
            _namespace.Clock.Advance(TimeSpan.FromSeconds(20));
            await Eventually.HoldsAsync(() => args.Message.LockedUntil > before, "the lock is renewed");
        }

        _namespace.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, _namespace.Broker.GetCounts("plain").Active); // no longer renewed
        release.SetResult();
        await Eventually.HoldsAsync(() => _namespace.Broker.GetCounts("plain").Total == 0, "the second delivery is completed");
        Assert.Contains(_errors, e => e.ErrorSource == ServiceBusErrorSource.Complete
            && e.Exception is ServiceBusException { Reason: ServiceBusFailureReason.MessageLockLost });
    }

    [Fact]
    public async Task No_more_handlers_run_at_once_than_allowed_and_the_limit_can_change()
    {
        var running = 0;
        var most = 0;
        var release = new SemaphoreSlim(0);
        await using var processor = await StartAsync(
            async _ =>
            {
                InterlockedMax(ref most, Interlocked.Increment(ref running));
                await release.WaitAsync();
                Interlocked.Decrement(ref running);
            },
            new ServiceBusProcessorOptions { MaxConcurrentCalls = 2 });
        await _namespace.SendAsync("plain", [.. Enumerable.Range(0, 10).Select(i => $"{i}")]);
        await Eventually.HoldsAsync(() => Volatile.Read(ref running) == 2, "two handlers run");

        processor.UpdateConcurrency(5);
        await Eventually.HoldsAsync(() => Volatile.Read(ref running) == 5, "five handlers run");
        release.Release(10);

        await Eventually.HoldsAsync(() => _namespace.Broker.GetCounts("plain").Total == 0, "all messages are completed");
        Assert.Equal((5, 5), (most, processor.MaxConcurrentCalls));
    }

    [Fact]
    public async Task What_a_handler_receives_on_top_is_settled_with_its_message()
    {
        await _namespace.SendAsync("plain", "1", "2", "3");
        var seen = new ConcurrentQueue<string>();
        await using var processor = await StartAsync(async args =>
        {
            seen.Enqueue(args.Message.Body.ToString());
            foreach (var more in await args.GetReceiveActions().ReceiveMessagesAsync(5))
            {
                seen.Enqueue(more.Body.ToString());
            }
        });

        await Eventually.HoldsAsync(() => _namespace.Broker.GetCounts("plain").Total == 0, "all messages are completed");
        Assert.Equal(["1", "2", "3"], seen);
    }

    [Fact]
    public async Task An_entity_that_is_missing_is_reported_not_thrown()
    {
        await using var processor = _namespace.Client.CreateProcessor("missing");
        Listen(processor, _ => Task.CompletedTask);
        await processor.StartProcessingAsync();

        await Eventually.HoldsAsync(() => !_errors.IsEmpty, "the failure is reported");

        Assert.True(_errors.TryPeek(out var error));
        Assert.Equal(ServiceBusErrorSource.Receive, error.ErrorSource);
        Assert.Equal(ServiceBusFailureReason.MessagingEntityNotFound, Assert.IsType<ServiceBusException>(error.Exception).Reason);
    }

    [Fact]
    public async Task Handlers_are_set_once_and_before_starting()
    {
        var processor = _namespace.Client.CreateProcessor("plain");
        Func<ProcessMessageEventArgs, Task> handler = _ => Task.CompletedTask;
        Func<ProcessMessageEventArgs, Task> other = _ => Task.CompletedTask;
        await Assert.ThrowsAsync<InvalidOperationException>(() => processor.StartProcessingAsync());
        Assert.Throws<ArgumentNullException>(() => processor.ProcessMessageAsync += null);
        processor.ProcessMessageAsync += handler;
        Assert.Throws<NotSupportedException>(() => processor.ProcessMessageAsync += _ => Task.CompletedTask);
        Assert.Throws<ArgumentException>(() => processor.ProcessMessageAsync -= other);
        processor.ProcessErrorAsync += _ => Task.CompletedTask;
        await processor.StartProcessingAsync();
        Assert.Throws<InvalidOperationException>(() => processor.ProcessMessageAsync -= handler);
        await Assert.ThrowsAsync<InvalidOperationException>(() => processor.StartProcessingAsync());
        await processor.StopProcessingAsync();
        processor.ProcessMessageAsync -= handler;

        await processor.CloseAsync();

        Assert.True(processor.IsClosed);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => processor.StartProcessingAsync());
    }

    private async Task<ServiceBusProcessor> StartAsync(Func<ProcessMessageEventArgs, Task> handler, ServiceBusProcessorOptions? options = null)
    {
        var processor = _namespace.Client.CreateProcessor("plain", options ?? new ServiceBusProcessorOptions());
        Listen(processor, handler);
        await processor.StartProcessingAsync();
        return processor;
    }

    private void Listen(ServiceBusProcessor processor, Func<ProcessMessageEventArgs, Task> handler)
    {
        processor.ProcessMessageAsync += handler;
        processor.ProcessErrorAsync += args =>
        {
            _errors.Enqueue(args);
            return Task.CompletedTask;
        };
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
            // somebody else changed it; look again
        }
    }
}
