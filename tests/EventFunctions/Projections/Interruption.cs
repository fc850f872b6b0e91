using EventFunctions.EventSourcing;

namespace EventFunctions.Tests.Projections;

/// <summary>How a call of the store goes wrong.</summary>
public enum Fault
{
    /// <summary>It fails and had no effect.</summary>
    BeforeTheEffect,

    /// <summary>It fails though it had its effect.</summary>
    AfterTheEffect,

    /// <summary>The host goes down before the call and comes up again.</summary>
    RestartBefore,

    /// <summary>The host goes down when the call has had its effect, and comes up again.</summary>
    RestartAfter,
}

/// <summary>Interrupts calls of the store; each once.</summary>
internal sealed class Interruption : IAsyncDisposable
{
    private readonly RebuildWorld _world;
    private readonly System.Collections.Concurrent.ConcurrentQueue<Task> _restarts = [];
    private int _count;

    public Interruption(RebuildWorld world, Fault fault, Func<int, bool> isDue)
    {
        _world = world;
        Func<int, CancellationToken, Task> interrupt = (call, token) => isDue(call) ? InterruptAsync(fault, token) : Task.CompletedTask;
        if (fault is Fault.BeforeTheEffect or Fault.RestartBefore)
        {
            world.Stores.Before = interrupt;
        }
        else
        {
            world.Stores.After = interrupt;
        }
    }

    public int Count => _count;

    public async ValueTask DisposeAsync() => await Task.WhenAll(_restarts);

    private async Task InterruptAsync(Fault fault, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _count);
        if (fault is Fault.BeforeTheEffect or Fault.AfterTheEffect)
        {
            throw new StoreUnavailableException("The store is away.");
        }

        // The activity around the call is given up by the stop and runs again after the start. A call that a request made, and
        // not an activity, fails as it would when its host goes down.
        _restarts.Enqueue(Task.Run(RestartAsync, CancellationToken.None));
        await Task.Delay(cancellationToken.CanBeCanceled ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancellationToken);
        throw new OperationCanceledException("The host goes down.");
    }

    private async Task RestartAsync()
    {
        await _world.World.Engine.StopAsync(new CancellationToken(canceled: true));
        await _world.World.Engine.StartAsync(CancellationToken.None);
    }
}
