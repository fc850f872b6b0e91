using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>Finds the state of a stream: from the snapshot where it serves, from events where it does not.</summary>
internal sealed class StateReader<TState, TEvent>(IEventStore store)
    where TState : class, IAggregate<TState, TEvent>
    where TEvent : class, IDomainEvent
{
    /// <summary>The state that belongs to a head.</summary>
    /// <exception cref="StreamCorruptedException">The stream ends before its head, or holds another aggregate's events.</exception>
    public async Task<TState> ReadAsync(StreamName stream, StreamHead head, CancellationToken cancellationToken)
    {
        var (state, version) = TryRestore(head) is { } restored ? (restored, head.Snapshot!.Version) : (TState.Initial, 0);
        if (version == head.Version)
        {
            return state;
        }

        await foreach (var envelope in store.ReadAsync(stream, version + 1, cancellationToken))
        {
            state = state.Apply(envelope.Data as TEvent ?? throw Foreign(envelope));
            version = envelope.Version;
            if (version == head.Version)
            {
                return state;
            }
        }

        throw new StreamCorruptedException(stream, version + 1, $"the event is missing, though the head is at version {head.Version}.");
    }

    private static TState? TryRestore(StreamHead head)
    {
        if (head.Snapshot is not { } snapshot || snapshot.Schema != TState.StateSchema || snapshot.Version > head.Version)
        {
            return null;
        }

        try
        {
            return snapshot.State.To<TState>();
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or FormatException)
        {
            // A snapshot of the right number in the wrong shape: the number was not raised with the shape. The events are
            // the truth and tell the same state, and the next append replaces the snapshot.
            return null;
        }
    }

    private static StreamCorruptedException Foreign(EventEnvelope envelope) =>
        new(envelope.Stream, envelope.Version, $"'{envelope.Type}' is not an event of {typeof(TState).Name}.");
}
