using System.Text.Json;
using Azure.Messaging.ServiceBus;

namespace EventFunctions.Publishing.DeadLetters;

/// <summary>A dead letter as operators see it.</summary>
/// <param name="SequenceNumber">Its number among the dead letters of its subscription.</param>
/// <param name="MessageId">The id it was sent with.</param>
/// <param name="EventId">The event's id, where the message is one of an event.</param>
/// <param name="Type">The event's type.</param>
/// <param name="Stream">The event's stream.</param>
/// <param name="CorrelationId">The business transaction.</param>
/// <param name="Reason">Why it is dead, stable: <c>unreadable</c>, <c>unknown-type</c>, or a word of the broker's, e.g. <c>MaxDeliveryCountExceeded</c>.</param>
/// <param name="Description">Why, for a person.</param>
/// <param name="EnqueuedAt">When it was sent, UTC.</param>
/// <param name="DeliveryCount">How often it was delivered, inspections by operators included.</param>
/// <param name="ResubmittedFrom">The message id it had first, where it was resubmitted before.</param>
/// <param name="Body">The body, where it is JSON; absent in a list.</param>
/// <param name="Text">The body as text, where it is no JSON; absent in a list.</param>
public sealed record DeadLetterReport(
    long SequenceNumber,
    string? MessageId,
    string? EventId,
    string? Type,
    string? Stream,
    string? CorrelationId,
    string? Reason,
    string? Description,
    DateTimeOffset EnqueuedAt,
    int DeliveryCount,
    string? ResubmittedFrom,
    JsonElement? Body = null,
    string? Text = null)
{
    private const string EventIdProperty = "cloudEvents:id";

    /// <summary>The report of a message without its body.</summary>
    public static DeadLetterReport Of(ServiceBusReceivedMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new DeadLetterReport(
            message.SequenceNumber,
            message.MessageId,
            Property(EventIdProperty),
            message.Subject,
            message.SessionId,
            message.CorrelationId,
            message.DeadLetterReason,
            message.DeadLetterErrorDescription,
            message.EnqueuedTime,
            message.DeliveryCount,
            Property(DeadLetterResubmission.OriginalIdProperty));

        string? Property(string name) => message.ApplicationProperties.TryGetValue(name, out var value) ? value as string : null;
    }

    /// <summary>The report of a message with its body.</summary>
    public static DeadLetterReport WithBodyOf(ServiceBusReceivedMessage message)
    {
        var report = Of(message);
        try
        {
            using var document = JsonDocument.Parse(message.Body.ToMemory());
            return report with { Body = document.RootElement.Clone() };
        }
        catch (JsonException)
        {
            // A body that is no JSON may be why it is here, so it is shown as it is.
            return report with { Text = message.Body.ToString() };
        }
    }
}
