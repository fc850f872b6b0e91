using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>Judges the snapshots of an aggregate by its own code. Safe for concurrent use.</summary>
/// <typeparam name="TState">The aggregate's state.</typeparam>
/// <typeparam name="TEvent">The aggregate's events.</typeparam>
public sealed class SnapshotCheck<TState, TEvent> : ISnapshotCheck
    where TState : class, IAggregate<TState, TEvent>
    where TEvent : class, IDomainEvent
{
    /// <inheritdoc/>
    public string Category => TState.Category;

    /// <inheritdoc/>
    public SnapshotStanding Judge(StateSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (snapshot.Schema != TState.StateSchema)
        {
            return SnapshotStanding.Outdated;
        }

        try
        {
            return snapshot.State.To<TState>() is null ? SnapshotStanding.Unreadable : SnapshotStanding.Usable;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or FormatException)
        {
            return SnapshotStanding.Unreadable;
        }
    }

    /// <inheritdoc/>
    public ISnapshotReplay Replay() => new StateReplay();

    private sealed class StateReplay : ISnapshotReplay
    {
        private TState _state = TState.Initial;

        public bool Apply(EventEnvelope envelope)
        {
            ArgumentNullException.ThrowIfNull(envelope);
            if (envelope.Data is not TEvent data)
            {
                return false;
            }

            _state = _state.Apply(data);
            return true;
        }

        public bool Matches(StateSnapshot snapshot)
        {
            ArgumentNullException.ThrowIfNull(snapshot);

            // As the state would be written today: what is left out or added without a meaning makes no difference.
            var kept = snapshot.State.To<TState>();
            return kept is not null && JsonElement.DeepEquals(
                JsonSerializer.SerializeToElement(kept, EventJson.Options), JsonSerializer.SerializeToElement(_state, EventJson.Options));
        }
    }
}
