using System.Text;

namespace EventFunctions.Local.ServiceBus;

/// <summary>
/// The size of a message on the wire, which is what an entity's limit is about: the sections of AMQP 1.0, part 3, in the
/// encodings of part 1 that a sender chooses (the shortest one for strings and binaries).
/// </summary>
internal static class MessageSize
{
    /// <summary>Descriptor of a section (constructor, small unsigned long) and the list or map header around its fields.</summary>
    private const int SectionOverhead = 3 + 9;

    private const int TimestampSize = 9;

    private const int AnnotationSymbols = 32;

    /// <summary>What the envelope of a batch costs before its first message.</summary>
    public const int BatchEnvelope = 32;

    public static long Of(BrokerMessage message) => OfHeader(message) + message.Opaque.Length + 3 + Variable(message.Body.Length);

    /// <summary>All of a message but its body.</summary>
    public static long OfHeader(BrokerMessage message) =>
        HeaderOf(message) + AnnotationsOf(message) + PropertiesOf(message) + ApplicationPropertiesOf(message.Properties);

    /// <summary>One application property.</summary>
    public static long OfProperty(string name, object? value) => Text(name) + (value is null ? 1 : ValueOf(value));

    /// <summary>A message inside a batch is a data section of its own: three bytes of descriptor and a length.</summary>
    public static long InBatch(BrokerMessage message)
    {
        var size = Of(message);
        return 3 + Variable(size);
    }

    private static long HeaderOf(BrokerMessage message) => message.TimeToLive == TimeSpan.MaxValue ? 0 : SectionOverhead + 5;

    private static long AnnotationsOf(BrokerMessage message)
    {
        long size = 0;
        size += message.PartitionKey is null ? 0 : AnnotationSymbols + Text(message.PartitionKey);
        size += message.TransactionPartitionKey is null ? 0 : AnnotationSymbols + Text(message.TransactionPartitionKey);
        size += message.ScheduledEnqueueTime is null ? 0 : AnnotationSymbols + TimestampSize;
        return size == 0 ? 0 : SectionOverhead + size;
    }

    private static long PropertiesOf(BrokerMessage message) =>
        SectionOverhead + Text(message.MessageId) + Text(message.To) + Text(message.Subject) + Text(message.ReplyTo)
        + Text(message.CorrelationId) + Text(message.ContentType) + Text(message.SessionId) + Text(message.ReplyToSessionId);

    private static long ApplicationPropertiesOf(IReadOnlyDictionary<string, object> properties)
    {
        if (properties.Count == 0)
        {
            return 0;
        }

        long size = SectionOverhead;
        foreach (var (name, value) in properties)
        {
            size += OfProperty(name, value);
        }

        return size;
    }

    private static long ValueOf(object value) => value switch
    {
        string text => Text(text),
        byte[] bytes => Variable(bytes.Length),
        Uri uri => AnnotationSymbols + Text(uri.OriginalString),
        bool => 1,
        byte or sbyte => 2,
        short or ushort => 3,
        int or uint or float or char => 5,
        long or ulong or double or DateTime => 9,
        decimal or Guid => 17,
        _ => AnnotationSymbols + 9, // described types: time span, offset date
    };

    /// <summary>An absent field is the one byte of null.</summary>
    private static long Text(string? value) => value is null ? 1 : Variable(Encoding.UTF8.GetByteCount(value));

    private static long Variable(long length) => length + (length <= byte.MaxValue ? 2 : 5);
}
