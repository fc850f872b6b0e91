namespace EventFunctions.EventSourcing.Tests.Sample;

/// <summary>The wallet's code as it was before its newest deployments.</summary>
public static class FormerCode
{
    private static readonly EventTypeRegistry Registry = EventTypeRegistry.FromTypes(typeof(MoneyAdded), typeof(MoneyPutIn));

    public static EventSerializer Serializer { get; } = new(Registry);

    public static EventEnvelope Envelope(StreamName stream, long version, IDomainEvent data)
    {
        var type = Registry.Get(data.GetType());
        return new EventEnvelope(
            Guid.NewGuid(),
            stream,
            version,
            type.Name,
            type.SchemaVersion,
            new DateTimeOffset(2020, 3, 1, 10, 0, 0, TimeSpan.Zero),
            data,
            new EventMetadata(Guid.NewGuid(), "correlation-0"));
    }

    [EventType("money-added")]
    public sealed record MoneyAdded(int Sum) : IDomainEvent;

    [EventType("money-put-in")]
    public sealed record MoneyPutIn(int Sum) : IDomainEvent;
}
