using System.Text;

namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>
/// Values of application properties on both sides: what the type system of AMQP has no type for travels under descriptors that the
/// service's clients share.
/// </summary>
internal static class PropertyValues
{
    private static readonly AmqpSymbol TimeSpanDescriptor = new("com.microsoft:timespan");
    private static readonly AmqpSymbol UriDescriptor = new("com.microsoft:uri");
    private static readonly AmqpSymbol DateTimeOffsetDescriptor = new("com.microsoft:datetime-offset");

    /// <summary>A property's value as the broker keeps it; none for null.</summary>
    /// <param name="name">The property, for the message of a refusal.</param>
    /// <param name="value">What came in.</param>
    /// <exception cref="AmqpRefusalException">A message's property cannot be of such a type.</exception>
    public static object? ToBroker(string name, object? value) => value switch
    {
        AmqpSymbol symbol => symbol.Value,
        Rune { IsBmp: true } character => (char)character.Value,
        AmqpDescribed { Descriptor: AmqpSymbol kind, Value: var inner } => Described(name, kind, inner),
        Rune or AmqpDescribed or AmqpDecimal or AmqpList or AmqpMap or AmqpArray => throw Refusal(name, value),
        _ => value,
    };

    /// <summary>A property's value as it is sent.</summary>
    public static object? ToWire(object? value) => value switch
    {
        char character => (object)(Rune.TryCreate(character, out var rune) ? rune : Rune.ReplacementChar),
        TimeSpan span => new AmqpDescribed(TimeSpanDescriptor, span.Ticks),
        Uri uri => new AmqpDescribed(UriDescriptor, uri.OriginalString),
        DateTimeOffset time => new AmqpDescribed(DateTimeOffsetDescriptor, time.UtcTicks),
        _ => value,
    };

    /// <summary>Properties as the broker keeps them; none for no map or an empty one.</summary>
    /// <exception cref="AmqpRefusalException">A key is no text, comes twice, or has a value of a type properties cannot have.</exception>
    public static IReadOnlyDictionary<string, object>? ToBroker(AmqpMap? map)
    {
        if (map is null || map.Count == 0)
        {
            return null;
        }

        var properties = new Dictionary<string, object>(map.Count, StringComparer.Ordinal);
        foreach (var (key, value) in map)
        {
            var name = AmqpMap.TextOf(key) ?? throw new AmqpRefusalException(ErrorCondition.InvalidField, "A property's name is no text.");
            if (!properties.TryAdd(name, ToBroker(name, value)!))
            {
                throw new AmqpRefusalException(ErrorCondition.InvalidField, $"The property '{name}' is there twice.");
            }
        }

        return properties;
    }

    private static object Described(string name, AmqpSymbol kind, object? inner)
    {
        if (kind == TimeSpanDescriptor && inner is long ticks)
        {
            return new TimeSpan(ticks);
        }

        if (kind == UriDescriptor && inner is string text && Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var uri))
        {
            return uri;
        }

        return kind == DateTimeOffsetDescriptor && inner is long utc && utc >= 0 && utc <= DateTimeOffset.MaxValue.Ticks
            ? new DateTimeOffset(utc, TimeSpan.Zero)
            : throw Refusal(name, kind);
    }

    private static AmqpRefusalException Refusal(string name, object value) => new(
        ErrorCondition.InvalidField,
        $"The application property '{name}' is a {(value is AmqpSymbol kind ? kind.Value : value.GetType().Name)}, which a message cannot carry. Send it as a string.");
}
