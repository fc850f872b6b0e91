namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>
/// What a sender said that the broker has no use for, and receivers are to get as it came. The broker keeps it as bytes
/// (<see cref="BrokerMessage.Opaque"/>): a list of AMQP, so that what one version kept a later one can read.
/// </summary>
/// <param name="HasBodySections">Whether the message's body is kept as encoded sections, and not as the content of one data section.</param>
/// <param name="Durable">The header's field.</param>
/// <param name="Priority">The header's field.</param>
/// <param name="UserId">The property.</param>
/// <param name="ContentEncoding">The property.</param>
/// <param name="GroupSequence">The property.</param>
/// <param name="Annotations">Message annotations the broker does not know.</param>
/// <param name="Footer">The footer.</param>
internal sealed record WireExtras(
    bool HasBodySections,
    bool? Durable,
    byte? Priority,
    byte[]? UserId,
    AmqpSymbol? ContentEncoding,
    uint? GroupSequence,
    AmqpMap? Annotations,
    AmqpMap? Footer)
{
    private const int FieldCount = 8;

    /// <summary>Nothing at all, as of most messages.</summary>
    public static WireExtras None { get; } = new(false, null, null, null, null, null, null, null);

    /// <summary>What is kept of a message.</summary>
    public static WireExtras Of(AmqpMessage message)
    {
        var hasBodySections = message.Data.Count != 1 && !message.BodySections.IsEmpty;
        return new WireExtras(
            hasBodySections,
            (bool?)message.Header?[0],
            (byte?)message.Header?[1],
            (byte[]?)message.Properties?[1],
            (AmqpSymbol?)message.Properties?[7],
            (uint?)message.Properties?[11],
            Unknown(message.Annotations),
            message.Footer is { Count: > 0 } footer ? footer : null);
    }

    /// <summary>Reads what was kept.</summary>
    public static WireExtras Read(ReadOnlyMemory<byte> kept)
    {
        if (kept.IsEmpty)
        {
            return None;
        }

        var list = new AmqpReader(kept.Span).ReadValue() as AmqpList;
        return list is { Count: FieldCount }
            ? new WireExtras(
                (bool)list[0]!, (bool?)list[1], (byte?)list[2], (byte[]?)list[3], (AmqpSymbol?)list[4], (uint?)list[5], (AmqpMap?)list[6], (AmqpMap?)list[7])
            : throw new InvalidDataException("What the broker kept of a message for its receivers was written by another version of it.");
    }

    /// <summary>The bytes that are kept; empty where there is nothing to keep.</summary>
    public ReadOnlyMemory<byte> ToBytes()
    {
        if (this == None)
        {
            return default;
        }

        var writer = new AmqpWriter(64);
        writer.WriteValue(new AmqpList(FieldCount)
        {
            HasBodySections, Durable, Priority, UserId, ContentEncoding, GroupSequence, Annotations, Footer,
        });
        return writer.Written.ToArray();
    }

    private static AmqpMap? Unknown(AmqpMap? annotations)
    {
        AmqpMap? unknown = null;
        foreach (var (key, value) in annotations ?? [])
        {
            if (AmqpMap.TextOf(key) is not { } name || !MessageAnnotation.IsOfBroker(name))
            {
                (unknown ??= []).Add(key, value);
            }
        }

        return unknown;
    }
}
