namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>
/// A request on the management node of an entity (Microsoft Learn, "AMQP 1.0 in Microsoft Azure Service Bus: request-response-based
/// operations"): an operation, and a map of what it is about.
/// </summary>
/// <param name="Operation">Its name.</param>
/// <param name="Body">What it is about.</param>
internal sealed record ManagementRequest(string Operation, AmqpMap Body)
{
    /// <summary>A number that has to be there.</summary>
    /// <exception cref="AmqpRefusalException">It is not, or is none, or is not in the range.</exception>
    public int Number(string name, int min, int max = int.MaxValue) => Long(name) is var value && value >= min && value <= max
        ? (int)value
        : throw Wrong(name, $"a number of at least {min}");

    /// <summary>A number that has to be there.</summary>
    /// <exception cref="AmqpRefusalException">It is not, or is none.</exception>
    public long Long(string name) => Body[name] switch
    {
        long value => value,
        int value => value,
        uint value => value,
        short value => value,
        byte value => value,
        ulong value and <= long.MaxValue => (long)value,
        _ => throw Wrong(name, "a whole number"),
    };

    /// <summary>Text that has to be there.</summary>
    /// <exception cref="AmqpRefusalException">It is not, or is none.</exception>
    public string Text(string name) => OptionalText(name) ?? throw Wrong(name, "a string");

    /// <summary>Text that may be there.</summary>
    public string? OptionalText(string name) => Body[name] switch
    {
        string text => text,
        AmqpSymbol symbol => symbol.Value,
        null => null,
        _ => throw Wrong(name, "a string"),
    };

    /// <summary>A list or array of values of one type, with at least one.</summary>
    /// <exception cref="AmqpRefusalException">There is none, or a value is of another type.</exception>
    public IReadOnlyList<T> Values<T>(string name, string kind)
    {
        IReadOnlyList<object?>? items = Body[name] switch
        {
            AmqpArray array => array.Items,
            AmqpList list => list,
            T one => [one],
            _ => null,
        };
        return items is { Count: > 0 } && items.All(item => item is T) ? [.. items.Cast<T>()] : throw Wrong(name, $"an array of {kind}");
    }

    private AmqpRefusalException Wrong(string name, string expected) => new(
        ErrorCondition.ArgumentError, $"'{name}' of {Operation} is to be {expected}, and is {Body[name]?.GetType().Name ?? "not there"}.");
}
