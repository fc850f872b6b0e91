namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>Where messages of a link come from (AMQP 1.0, part 3, 3.5.3), as far as the service uses it.</summary>
/// <param name="Address">The entity's path.</param>
/// <param name="Filter">Filters by name; the service knows those for sessions.</param>
internal sealed record Source(string? Address, AmqpMap? Filter = null) : IComposite
{
    /// <inheritdoc />
    public CompositeType Type => CompositeTypes.Source;

    /// <summary>The source in a field; none if the field has none.</summary>
    /// <exception cref="AmqpFormatException">There is something else in it.</exception>
    public static Source? Of(object? field) => field is not AmqpDescribed described ? null
        : Composite.Of(described) is { Type.Code: 0x28 } source ? new Source(source[0] as string, (AmqpMap?)source[7])
        : throw AmqpFormatException.Decode("An attach's source is no source.");

    /// <inheritdoc />
    public object?[] Fields() => [Address, null, null, null, null, null, null, Filter];
}

/// <summary>Where messages of a link go (part 3, 3.5.4), or the coordinator of transactions (part 4, 4.5.1).</summary>
/// <param name="Address">The entity's path.</param>
/// <param name="IsCoordinator">Whether it is the coordinator.</param>
internal sealed record Target(string? Address, bool IsCoordinator = false) : IComposite
{
    /// <inheritdoc />
    public CompositeType Type => IsCoordinator ? CompositeTypes.Coordinator : CompositeTypes.Target;

    /// <summary>The target in a field; none if the field has none.</summary>
    /// <exception cref="AmqpFormatException">There is something else in it.</exception>
    public static Target? Of(object? field) => field is not AmqpDescribed described ? null
        : Composite.Of(described) switch
        {
            { Type.Code: 0x29 } target => new Target(target[0] as string),
            { Type.Code: 0x30 } => new Target(null, IsCoordinator: true),
            var other => throw AmqpFormatException.Decode($"A {other.Type.Name} is no target."),
        };

    /// <inheritdoc />
    public object?[] Fields() => IsCoordinator ? [null] : [Address];
}
