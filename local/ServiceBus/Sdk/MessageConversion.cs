#nullable disable

using System.Runtime.Serialization;
using EventFunctions.Local.ServiceBus;

namespace Azure.Messaging.ServiceBus;

/// <summary>Turns what an application hands in into what the broker keeps: a copy, so later changes of it have no effect.</summary>
internal static class MessageConversion
{
    public static BrokerMessage ToBroker(ServiceBusMessage message, DateTimeOffset? scheduledEnqueueTime = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        var scheduled = scheduledEnqueueTime ?? message.ScheduledEnqueueTime;
        return new BrokerMessage
        {
            MessageId = message.MessageId,
            SessionId = message.SessionId,
            CorrelationId = message.CorrelationId,
            Subject = message.Subject,
            To = message.To,
            ReplyTo = message.ReplyTo,
            ReplyToSessionId = message.ReplyToSessionId,
            ContentType = message.ContentType,
            PartitionKey = message.PartitionKey,
            TransactionPartitionKey = message.TransactionPartitionKey,
            TimeToLive = message.TimeToLive,
            ScheduledEnqueueTime = scheduled == default ? null : scheduled.ToUniversalTime(),
            Body = message.Body.ToArray(),
            Properties = Properties(message.ApplicationProperties) ?? BrokerMessage.NoProperties,
        };
    }

    /// <summary>A checked copy that nobody can change; null for none.</summary>
    /// <exception cref="SerializationException">A value's type cannot be carried by a message.</exception>
    public static IReadOnlyDictionary<string, object> Properties(IDictionary<string, object> properties)
    {
        if (properties is null || properties.Count == 0)
        {
            return null;
        }

        var copy = new Dictionary<string, object>(properties.Count, StringComparer.Ordinal);
        foreach (var (name, value) in properties)
        {
            copy.Add(name, Checked(name, value));
        }

        return copy.AsReadOnly();
    }

    private static object Checked(string name, object value) => value switch
    {
        null or string or bool or byte or sbyte or short or ushort or int or uint or long or ulong or float or decimal or double
            or char or Guid or DateTime or DateTimeOffset or TimeSpan or Uri => value,
        Stream stream => Bytes(stream),
        _ => throw new SerializationException(
            $"The application property '{name}' is a {value.GetType().FullName}, which a message cannot carry. Send it as a string."),
    };

    private static byte[] Bytes(Stream stream)
    {
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
