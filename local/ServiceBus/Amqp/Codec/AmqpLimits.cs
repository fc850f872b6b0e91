namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>
/// What one decoding may cost. Sizes need no limit of their own, as no value is longer than the bytes it is read from; the number of
/// values does, because items of an array may take no bytes at all.
/// </summary>
/// <param name="MaxDepth">How deep values may be nested.</param>
/// <param name="MaxValues">How many values there may be, counted at every depth.</param>
internal sealed record AmqpLimits(int MaxDepth, int MaxValues)
{
    /// <summary>Far above what any client sends: 32 levels, 262,144 values.</summary>
    public static AmqpLimits Default { get; } = new(32, 262_144);
}
