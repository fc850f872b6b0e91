namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>The sections of a message as they came (AMQP 1.0, part 3, 3.2).</summary>
internal sealed record AmqpMessage
{
    /// <summary>The format of an ordinary message.</summary>
    public const uint Format = 0;

    /// <summary>The format of a batch: every data section is a message (the service's own).</summary>
    public const uint BatchFormat = 0x8001_3700;

    /// <summary>The bits of the sections a body may be made of.</summary>
    private const uint BodyBits = 0b1110_0000;

    public Composite? Header { get; private set; }

    public AmqpMap? Annotations { get; private set; }

    public Composite? Properties { get; private set; }

    public AmqpMap? ApplicationProperties { get; private set; }

    /// <summary>The contents of the data sections.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Data { get; private set; } = [];

    /// <summary>The body's sections with their descriptors, as they came.</summary>
    public ReadOnlyMemory<byte> BodySections { get; private set; }

    /// <summary>The value of a body that is one value; none otherwise.</summary>
    public AmqpDescribed? ValueSection { get; private set; }

    public AmqpMap? Footer { get; private set; }

    /// <summary>Reads a message.</summary>
    /// <param name="bytes">All of it; bodies are parts of these.</param>
    /// <param name="withValue">Whether a body that is a value is to be read, and not only kept.</param>
    /// <exception cref="AmqpFormatException">The bytes are no message.</exception>
    public static AmqpMessage Read(ReadOnlyMemory<byte> bytes, bool withValue = false)
    {
        var message = new AmqpMessage();
        var reader = new AmqpReader(bytes.Span);
        var (seen, last, body, data) = (0u, 0ul, default(Range?), new List<ReadOnlyMemory<byte>>(1));
        while (!reader.AtEnd)
        {
            var start = reader.Position;
            var section = MessageSection.Of(reader.ReadDescriptor());
            var bit = 1u << (int)(section - MessageSection.Header);
            if ((seen & bit) != 0 && (section != last || section is not (MessageSection.Data or MessageSection.Sequence)))
            {
                throw AmqpFormatException.Decode($"Section 0x{section:x2} of a message is there twice.");
            }

            if (section is MessageSection.Data or MessageSection.Sequence or MessageSection.Value)
            {
                message.ReadBody(section, ref reader, bytes, data, withValue);
                body = (body?.Start.Value ?? start)..reader.Position;
            }
            else
            {
                // In any order: some clients write the footer before the body.
                message.ReadSection(section, ref reader);
            }

            (seen, last) = (seen | bit, section);
        }

        if (System.Numerics.BitOperations.PopCount(seen & BodyBits) > 1)
        {
            throw AmqpFormatException.Decode("A message has bodies of two kinds.");
        }

        message.Data = data;
        message.BodySections = body is { } range ? bytes[range] : default;
        return message;
    }

    private void ReadBody(ulong section, ref AmqpReader reader, ReadOnlyMemory<byte> bytes, List<ReadOnlyMemory<byte>> data, bool withValue)
    {
        if (section == MessageSection.Data)
        {
            data.Add(bytes[reader.SkipBinary()]);
        }
        else if (section == MessageSection.Value && withValue)
        {
            ValueSection = new AmqpDescribed(section, reader.ReadValue());
        }
        else
        {
            reader.SkipValue();
        }
    }

    private void ReadSection(ulong section, ref AmqpReader reader)
    {
        var value = reader.ReadValue();
        switch (section)
        {
            case MessageSection.Header: Header = Composite.Of(new AmqpDescribed(section, value)); break;
            case MessageSection.DeliveryAnnotations: break; // for the next hop, which is this one
            case MessageSection.MessageAnnotations: Annotations = Map(section, value); break;
            case MessageSection.Properties: Properties = Composite.Of(new AmqpDescribed(section, value)); break;
            case MessageSection.ApplicationProperties: ApplicationProperties = Map(section, value); break;
            default: Footer = Map(section, value); break;
        }
    }

    private static AmqpMap Map(ulong section, object? value) => value as AmqpMap
        ?? throw AmqpFormatException.Decode($"Section 0x{section:x2} of a message is to be a map.");
}
