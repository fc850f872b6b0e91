using Microsoft.DurableTask;

namespace EventFunctions.Local.DurableTask;

/// <summary>
/// Brings external events and their waiters together: unread events first in, first out; waiters last in, first out. A waiter that was
/// cancelled is passed over, and what nobody waits for is kept (the remarks of WaitForExternalEvent).
/// </summary>
internal sealed class ExternalEvents(DataConverter converter, TokenWatches tokens)
{
    private readonly Dictionary<string, Queue<(int Arrival, HistoryEvent.EventReceived Event)>> _unread = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Stack<Waiter>> _waiters = new(StringComparer.OrdinalIgnoreCase);
    private int _arrivals;

    public bool HasWaiters => _waiters.Values.Any(stack => stack.Any(waiter => !waiter.IsDone));

    /// <summary>The events nobody has read, in the order in which they arrived; their times need not grow with it.</summary>
    public IEnumerable<HistoryEvent.EventReceived> Unread =>
        _unread.Values.SelectMany(queue => queue).OrderBy(unread => unread.Arrival).Select(unread => unread.Event);

    public Task<T> WaitAsync<T>(string name, CancellationToken cancellationToken)
    {
        if (_unread.TryGetValue(name, out var queue) && queue.TryDequeue(out var first))
        {
            return NoValue<T>(name, first.Event.Payload) is { } failure
                ? Task.FromException<T>(failure)
                : Task.FromResult(converter.Deserialize<T>(first.Event.Payload)!);
        }

        if (!_waiters.TryGetValue(name, out var stack))
        {
            _waiters[name] = stack = new Stack<Waiter>();
        }
        else if (stack.TryPeek(out var top) && top.EventType != typeof(T))
        {
            throw new ArgumentException(
                $"Event '{name}' is already awaited as {top.EventType}; it can't be awaited as {typeof(T)} at the same time.", nameof(name));
        }

        var waiter = new Waiter<T>(name, converter);
        stack.Push(waiter);
        waiter.Token = tokens.Add(waiter.Cancel, cancellationToken);
        return waiter.Task;
    }

    public void Raise(HistoryEvent.EventReceived received)
    {
        if (TakeWaiter(received.Name) is { } waiter)
        {
            waiter.Receive(received.Payload);
            return;
        }

        if (!_unread.TryGetValue(received.Name, out var queue))
        {
            _unread[received.Name] = queue = new Queue<(int, HistoryEvent.EventReceived)>();
        }

        queue.Enqueue((_arrivals++, received));
    }

    /// <summary>The newest waiter that was not cancelled.</summary>
    private Waiter? TakeWaiter(string name)
    {
        if (!_waiters.TryGetValue(name, out var stack))
        {
            return null;
        }

        while (stack.TryPop(out var waiter))
        {
            if (!waiter.IsDone)
            {
                return waiter;
            }
        }

        return null;
    }

    /// <summary>
    /// An event without a payload is null, and a type that has no null can't be awaited from one. The worker's converter fails in the same
    /// place, by a null reference.
    /// </summary>
    private static InvalidOperationException? NoValue<T>(string name, string? payload) => payload is null && default(T) is not null
        ? new InvalidOperationException(
            $"Event '{name}' came without a payload, and it is awaited as {typeof(T)}, which has no null. Await {typeof(T).Name}? or send a payload.")
        : null;

    private abstract class Waiter
    {
        public abstract Type EventType { get; }

        public abstract bool IsDone { get; }

        public abstract void Receive(string? payload);
    }

    private sealed class Waiter<T>(string name, DataConverter converter) : Waiter
    {
        private readonly TaskCompletionSource<T> _source = new();

        public Task<T> Task => _source.Task;

        public override Type EventType => typeof(T);

        public override bool IsDone => _source.Task.IsCompleted;

        /// <summary>The token that may cancel it, if there is one.</summary>
        public TokenWatch? Token { get; set; }

        public void Cancel(CancellationToken cancellationToken)
        {
            Token?.End();
            _source.TrySetCanceled(cancellationToken);
        }

        public override void Receive(string? payload)
        {
            Token?.End();
            if (NoValue<T>(name, payload) is { } failure)
            {
                _source.TrySetException(failure);
                return;
            }

            _source.TrySetPayload(converter, payload);
        }
    }
}
