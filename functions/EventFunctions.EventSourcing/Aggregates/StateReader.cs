namespace EventFunctions.EventSourcing;

/// <summary>Finds the state of a stream: from the snapshot where it serves, from events where it does not.</summary>
internal sealed class StateReader<TState, TEvent>(IEventStore store, PersonalDataVault personalData)
    where TState : class, IAggregate<TState, TEvent>
    where TEvent : class, IDomainEvent
{
    /// <summary>The state that belongs to a head, with the snapshot it was told from, if one served.</summary>
    /// <exception cref="StreamCorruptedException">The stream ends before its head, or holds another aggregate's events.</exception>
    public async Task<(TState State, StateSnapshot? Snapshot)> ReadAsync(StreamName stream, StreamHead head, CancellationToken cancellationToken)
    {
        var usable = await UsableSnapshot<TState>.OfAsync(stream, head, head.Version, TState.StateSchema, personalData, cancellationToken);
        var state = usable?.State ?? TState.Initial;
        var version = usable?.Snapshot.Version ?? 0;
        if (version == head.Version)
        {
            return (state, usable?.Snapshot);
        }

        await foreach (var envelope in store.ReadAsync(stream, version + 1, cancellationToken))
        {
            state = Apply(state, envelope);
            version = envelope.Version;
            if (version == head.Version)
            {
                return (state, usable?.Snapshot);
            }
        }

        throw new StreamCorruptedException(stream, version + 1, $"the event is missing, though the head is at version {head.Version}.");
    }

    /// <summary>The state after an event.</summary>
    /// <exception cref="StreamCorruptedException">The event is another aggregate's.</exception>
    public static TState Apply(TState state, EventEnvelope envelope) =>
        state.Apply(envelope.Data as TEvent ?? throw Foreign(envelope));

    private static StreamCorruptedException Foreign(EventEnvelope envelope) =>
        new(envelope.Stream, envelope.Version, $"'{envelope.Type}' is not an event of {typeof(TState).Name}.");
}
