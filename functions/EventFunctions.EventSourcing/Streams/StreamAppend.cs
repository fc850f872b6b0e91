namespace EventFunctions.EventSourcing;

/// <summary>One append: events and the head that belongs to them, written together or not at all.</summary>
public sealed record StreamAppend
{
    /// <summary>Composes an append.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="loaded">The head as it was loaded; the append holds only while the stored one is the same.</param>
    /// <param name="events">At least one; the versions follow the loaded head's without a gap.</param>
    /// <param name="snapshot">The snapshot to keep, or <see langword="null"/> for none.</param>
    /// <param name="commands">The command history to keep, oldest first.</param>
    /// <exception cref="ArgumentException">An event is of another stream or not at its place, or there is none.</exception>
    public StreamAppend(
        StreamName stream, StreamHead loaded, IReadOnlyList<EventEnvelope> events, StateSnapshot? snapshot, IReadOnlyList<HandledCommand> commands)
    {
        ArgumentNullException.ThrowIfNull(loaded);
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(commands);
        if (events.Count == 0)
        {
            throw new ArgumentException($"An append to '{stream}' needs an event.", nameof(events));
        }

        for (var i = 0; i < events.Count; i++)
        {
            if (events[i].Stream != stream || events[i].Version != loaded.Version + i + 1)
            {
                throw new ArgumentException(
                    $"Event {events[i].Version} of '{events[i].Stream}' is not event {loaded.Version + i + 1} of '{stream}'.", nameof(events));
            }
        }

        Stream = stream;
        Events = events;
        Head = new StreamHead(events[^1].Version, loaded.Token, events[^1].Time, snapshot, commands);
    }

    /// <summary>The stream.</summary>
    public StreamName Stream { get; }

    /// <summary>The events, at least one, in order.</summary>
    public IReadOnlyList<EventEnvelope> Events { get; }

    /// <summary>
    /// The head after the append, still with the <see cref="StreamHead.Token"/> of the loaded one: what the stored head must
    /// have for the append to hold, <see langword="null"/> if the stream must not exist.
    /// </summary>
    public StreamHead Head { get; private init; }

    /// <summary>The append with the personal data of its snapshot sealed; the events are sealed by the store.</summary>
    internal async ValueTask<StreamAppend> SealedAsync<TState>(PersonalDataVault personalData, CancellationToken cancellationToken)
        where TState : class => Head.Snapshot is { } snapshot
            ? this with { Head = Head with { Snapshot = await snapshot.SealAsync<TState>(Stream, personalData, cancellationToken) } }
            : this;
}

/// <summary>How an append ended.</summary>
public abstract record AppendResult
{
    private AppendResult()
    {
    }

    /// <summary>Everything was written.</summary>
    /// <param name="Token">The concurrency token of the new head.</param>
    public sealed record Appended(string Token) : AppendResult;

    /// <summary>Another writer came first; nothing was written.</summary>
    public sealed record Conflict : AppendResult;
}
