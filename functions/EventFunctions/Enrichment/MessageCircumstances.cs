using System.Globalization;
using System.Text.Json;
using EventFunctions.EventSourcing;
using EventFunctions.Publishing;

namespace EventFunctions.Enrichment;

/// <summary>What a message says of the event in it, read from the trigger's metadata before the body is.</summary>
/// <param name="EventId">The event's id, which is the same in every delivery and after a resubmission.</param>
/// <param name="Stream">The event's stream.</param>
/// <param name="CorrelationId">The business transaction.</param>
/// <param name="Tenant">The tenant, where it is not the default one.</param>
/// <param name="TraceParent">W3C trace context of what led to the event.</param>
public sealed record MessageCircumstances(string? EventId, string? Stream, string? CorrelationId, string? Tenant, string? TraceParent)
{
    private const string EventIdProperty = "cloudEvents:id";
    private const string EventTimeProperty = "cloudEvents:time";

    /// <summary>When the event was decided, UTC; none where the message does not say.</summary>
    public DateTimeOffset? EventTime { get; init; }

    /// <summary>Reads the trigger's metadata: values as they are in this process, or as the JSON text that came over from the host.</summary>
    public static MessageCircumstances Of(IReadOnlyDictionary<string, object?> bindingData)
    {
        ArgumentNullException.ThrowIfNull(bindingData);
        var properties = PropertiesOf(bindingData.GetValueOrDefault("ApplicationProperties"));
        return new MessageCircumstances(
            properties(EventIdProperty) ?? Text("MessageId"),
            Text("SessionId"),
            Text("CorrelationId"),
            properties(EventMessageMapper.TenantProperty),
            properties(EventMessageMapper.TraceParentProperty))
        {
            EventTime = DateTimeOffset.TryParse(
                properties(EventTimeProperty), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
                ? time
                : null,
        };

        string? Text(string name) => bindingData.GetValueOrDefault(name) as string;
    }

    /// <summary>The metadata of a command that the event leads to.</summary>
    /// <param name="commandId">The command.</param>
    /// <param name="source">The part of the system that sends it.</param>
    /// <exception cref="InvalidOperationException">The message has no correlation id: it is not one of an event.</exception>
    public EventMetadata ForCommand(Guid commandId, string source) => new(
        commandId,
        CorrelationId ?? throw new InvalidOperationException("The message has no CorrelationId. Publish events with EventMessageMapper."),
        EventId,
        Tenant,
        TraceParent: TraceParent,
        Source: source);

    private static Func<string, string?> PropertiesOf(object? value)
    {
        switch (value)
        {
            case IReadOnlyDictionary<string, object> known:
                return name => known.GetValueOrDefault(name) as string;
            case string { Length: > 0 } json:
                using (var document = JsonDocument.Parse(json))
                {
                    var all = document.RootElement.Clone();
                    return name => all.ValueKind == JsonValueKind.Object && all.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String
                        ? text.GetString()
                        : null;
                }

            default:
                return _ => null;
        }
    }
}
