namespace EventFunctions.EventSourcing.Testing;

/// <summary>Everything the kernel needs, in memory: an event store, a view store, and repositories on them.</summary>
public sealed class InMemoryWorld
{
    private readonly TimeProvider _timeProvider;

    /// <summary>Creates an empty world.</summary>
    /// <param name="registry">Names the events.</param>
    /// <param name="timeProvider">The clock; the system's if none is given.</param>
    public InMemoryWorld(EventTypeRegistry registry, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(registry);
        Registry = registry;
        Serializer = new EventSerializer(registry);
        Events = new InMemoryEventStore(Serializer);
        Envelopes = new EnvelopeBuilder(registry);
        _timeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Names the events.</summary>
    public EventTypeRegistry Registry { get; }

    /// <summary>Between events and JSON.</summary>
    public EventSerializer Serializer { get; }

    /// <summary>Makes the envelopes of what is given.</summary>
    public EnvelopeBuilder Envelopes { get; init; }

    /// <summary>The event store.</summary>
    public InMemoryEventStore Events { get; }

    /// <summary>The view store.</summary>
    public InMemoryViewStore Views { get; } = new();

    /// <summary>A repository on the event store; each has its own cache of heads.</summary>
    public AggregateRepository<TState, TEvent> Repository<TState, TEvent>(AggregateRepositoryOptions? options = null)
        where TState : class, IAggregate<TState, TEvent>
        where TEvent : class, IDomainEvent =>
        new(Events, Registry, options ?? new AggregateRepositoryOptions(), _timeProvider);

    /// <summary>Appends events that happened, without asking any rule, and returns them as stored.</summary>
    /// <param name="stream">The stream; what is given follows what it holds.</param>
    /// <param name="events">What happened; none is an empty history and writes nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">Another writer appended at the same moment.</exception>
    public async Task<IReadOnlyList<EventEnvelope>> GivenAsync(
        StreamName stream, IEnumerable<IDomainEvent> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        var head = await Events.LoadHeadAsync(stream, cancellationToken);
        List<EventEnvelope> envelopes = [.. events.Select((data, at) => Envelopes.At(stream, head.Version + at + 1, data))];
        if (envelopes.Count == 0)
        {
            return [];
        }

        return await Events.AppendAsync(new StreamAppend(stream, head, envelopes, null, head.Commands), cancellationToken) is AppendResult.Appended
            ? envelopes
            : throw new InvalidOperationException($"Another writer appended to '{stream}' while its history was given. Give first, then run.");
    }

    /// <summary>The events of a stream from a version on, in order.</summary>
    /// <param name="stream">The stream; an absent one has none.</param>
    /// <param name="fromVersion">1 or more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<EventEnvelope>> EventsAsync(
        StreamName stream, long fromVersion = 1, CancellationToken cancellationToken = default)
    {
        var events = new List<EventEnvelope>();
        await foreach (var envelope in Events.ReadAsync(stream, fromVersion, cancellationToken))
        {
            events.Add(envelope);
        }

        return events;
    }
}
