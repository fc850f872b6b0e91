namespace EventFunctions.EventSourcing;

/// <summary>Loads aggregates and runs commands against them.</summary>
/// <typeparam name="TState">The aggregate's state.</typeparam>
/// <typeparam name="TEvent">The aggregate's events.</typeparam>
public interface IAggregateRepository<TState, TEvent>
    where TState : class, IAggregate<TState, TEvent>
    where TEvent : class, IDomainEvent
{
    /// <summary>The current state; of an absent stream the initial one at version 0.</summary>
    Task<Loaded<TState>> LoadAsync(StreamName stream, CancellationToken cancellationToken = default);

    /// <summary>
    /// Decides on the current state and appends what was decided, once per command id; on a conflict decides again on the
    /// newer state, a bounded number of times.
    /// </summary>
    /// <param name="stream">The aggregate's stream.</param>
    /// <param name="command">Id, expected version and metadata of the command.</param>
    /// <param name="decide">Pure: it may be called more than once.</param>
    /// <param name="cancellationToken">Gives up between attempts; an append under way is awaited.</param>
    Task<CommandResult<TState>> ExecuteAsync(
        StreamName stream, CommandContext command, Func<TState, Decision<TEvent>> decide, CancellationToken cancellationToken = default);
}

/// <summary>A state and the version of its stream.</summary>
/// <param name="State">The state.</param>
/// <param name="Version">0 when the stream does not exist.</param>
/// <typeparam name="TState">The aggregate's state.</typeparam>
public sealed record Loaded<TState>(TState State, long Version)
    where TState : class;
