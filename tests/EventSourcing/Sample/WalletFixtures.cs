namespace EventFunctions.EventSourcing.Tests.Sample;

/// <summary>What every test of the wallet needs.</summary>
public static class WalletFixtures
{
    public static EventTypeRegistry Registry { get; } = EventTypeRegistry.FromTypes(
        typeof(WalletEvent.Opened), typeof(WalletEvent.Added), typeof(WalletEvent.Taken), typeof(MoneyAddedV1Upcaster));

    public static EventSerializer Serializer { get; } = new(Registry);

    public static StreamName NewStream() => new(Wallet.Category, Guid.NewGuid().ToString("N"));

    public static CommandContext Command(Guid? id = null, ExpectedVersion expected = default, string? fingerprint = null) =>
        new(new EventMetadata(id ?? Guid.NewGuid(), "correlation-1", User: "someone", Source: "test"), expected, fingerprint);

    public static AggregateRepository<Wallet, WalletEvent> Repository(
        IEventStore store, AggregateRepositoryOptions? options = null, TimeProvider? timeProvider = null, Random? random = null) =>
        new(store, Registry, options ?? new AggregateRepositoryOptions(), timeProvider ?? TimeProvider.System, random);

    /// <summary>The event as an append takes it.</summary>
    public static EventEnvelope Envelope(StreamName stream, long version, WalletEvent data, DateTimeOffset? time = null)
    {
        var type = Registry.Get(data.GetType());
        return new EventEnvelope(
            Guid.NewGuid(),
            stream,
            version,
            type.Name,
            type.SchemaVersion,
            time ?? new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero).AddTicks(version),
            data,
            new EventMetadata(Guid.NewGuid(), "correlation-1", TraceParent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
    }

    public static async Task<IReadOnlyList<EventEnvelope>> EventsAsync(this IEventStore store, StreamName stream, long fromVersion = 1)
    {
        var events = new List<EventEnvelope>();
        await foreach (var envelope in store.ReadAsync(stream, fromVersion))
        {
            events.Add(envelope);
        }

        return events;
    }
}
