namespace EventFunctions.EventSourcing;

/// <summary>What a command writes, and the state it leads to.</summary>
/// <param name="Append">The events, the snapshot and the history of commands.</param>
/// <param name="State">The state after the events.</param>
internal sealed record CommandAppend<TState, TEvent>(StreamAppend Append, TState State)
    where TState : class, IAggregate<TState, TEvent>
    where TEvent : class, IDomainEvent
{
    /// <summary>Composes what a command writes after a head. Pure.</summary>
    public static CommandAppend<TState, TEvent> Compose(
        KnownHead<TState> known,
        CommandContext command,
        IReadOnlyList<TEvent> events,
        EventTypeRegistry registry,
        DateTimeOffset now,
        AggregateRepositoryOptions options)
    {
        var head = known.Head;
        var next = events.Aggregate(known.State, (state, e) => state.Apply(e));
        var version = head.Version + events.Count;
        var snapshot = options.Snapshots.Next<TState, TEvent>(head.Snapshot, version, next);
        var history = CommandHistory.After(
            head.Commands, new HandledCommand(command.CommandId, version, command.Fingerprint), options.CommandHistoryLength);

        // Clocks of several machines differ; within a stream time does not run backwards.
        var time = now < head.Time ? head.Time : now;
        var envelopes = events.Select((data, index) => Envelop(known, command, data, index, registry.Get(data.GetType()), time)).ToList();
        return new CommandAppend<TState, TEvent>(new StreamAppend(known.Stream, head, envelopes, snapshot, history), next);
    }

    /// <summary>The head after the append, once the store accepted it.</summary>
    public KnownHead<TState> Accepted(string token, SnapshotPolicy snapshots) =>
        new(Append.Stream, Append.Head with { Token = token, Snapshot = snapshots.Keep(Append.Head.Snapshot) }, State);

    private static EventEnvelope Envelop(
        KnownHead<TState> known, CommandContext command, TEvent data, int index, EventTypeInfo type, DateTimeOffset time) =>
        new(
            EventIdentity.Of(command.CommandId, known.Stream, index),
            known.Stream,
            known.Head.Version + index + 1,
            type.Name,
            type.SchemaVersion,
            time,
            data,
            command.Metadata);
}
