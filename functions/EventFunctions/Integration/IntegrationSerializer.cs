using System.Globalization;
using System.Text.Json;
using Azure.Messaging.ServiceBus;
using EventFunctions.EventSourcing;
using EventFunctions.Integration.Contracts;
using EventFunctions.Publishing;

namespace EventFunctions.Integration;

/// <summary>The edge between integration events and the messages that carry them.</summary>
/// <remarks>
/// The body is what outsiders may see as well. What belongs to a transaction of ours, correlation, causation and trace, goes with
/// the message's properties.
/// </remarks>
/// <param name="contracts">Names the contracts.</param>
public sealed class IntegrationSerializer(IntegrationContracts contracts)
{
    private const string CausationProperty = "causationId";
    private const string SpecVersion = "1.0";

    /// <summary>The message that publishes the event.</summary>
    public ServiceBusMessage ToMessage(IntegrationEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        var document = ToDocument(envelope);
        var message = new ServiceBusMessage(JsonSerializer.SerializeToUtf8Bytes(document, EventJson.Options))
        {
            MessageId = document.Id,
            SessionId = envelope.Trace.Stream,
            Subject = document.Type,
            CorrelationId = envelope.Trace.CorrelationId,
            ContentType = CloudEventDocument.MediaType,
        };
        Add(CausationProperty, envelope.Trace.CausationId);
        Add(EventMessageMapper.TenantProperty, envelope.Trace.Tenant);
        Add(EventMessageMapper.TraceParentProperty, envelope.Trace.TraceParent);
        return message;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                message.ApplicationProperties[name] = value;
            }
        }
    }

    /// <summary>The event as a CloudEvent.</summary>
    public CloudEventDocument ToDocument(IntegrationEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        var contract = contracts.Of(envelope.Data);
        return new CloudEventDocument(
            SpecVersion,
            envelope.Id.ToString(),
            envelope.Source,
            contract.Type,
            envelope.Subject,
            envelope.Time.ToUniversalTime(),
            "application/json",
            contract.SchemaId,
            EventDocument.IdOf(envelope.Sequence),
            JsonSerializer.SerializeToElement(envelope.Data, contract.Shape, EventJson.Options));
    }

    /// <summary>The event that a message carries.</summary>
    /// <exception cref="IntegrationFormatException">It carries none that this version of the code knows.</exception>
    public IntegrationEnvelope Read(ServiceBusReceivedMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        try
        {
            var document = JsonSerializer.Deserialize<CloudEventDocument>(message.Body.ToMemory().Span, EventJson.Options)
                ?? throw new IntegrationFormatException("JSON null is not an event.");
            return new IntegrationEnvelope(
                IdOf(document), document.Source, document.Subject, SequenceOf(document), document.Time.ToUniversalTime(), DataOf(document), TraceOf(message));
        }
        catch (JsonException exception)
        {
            throw new IntegrationFormatException($"The JSON is not an integration event: {exception.Message}", exception);
        }
    }

    private static Guid IdOf(CloudEventDocument document) => Guid.TryParse(document.Id, out var id)
        ? id
        : throw new IntegrationFormatException($"'{document.Id}' is not the id of an event of this shop.");

    private static long SequenceOf(CloudEventDocument document) =>
        long.TryParse(document.Sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) && sequence > 0
            ? sequence
            : throw new IntegrationFormatException($"'{document.Sequence}' is not a place in a sequence.");

    private IntegrationEvent DataOf(CloudEventDocument document) => contracts.TryGet(document.Type, out var contract)
        ? (IntegrationEvent)document.Data.Deserialize(contract.Shape, EventJson.Options)!
        : throw new IntegrationFormatException($"There is no contract '{document.Type}'. A newer version of the shop may have sent it.");

    private static IntegrationTrace TraceOf(ServiceBusReceivedMessage message) => new(
        message.SessionId ?? string.Empty,
        message.CorrelationId ?? string.Empty,
        Text(message, CausationProperty),
        Text(message, EventMessageMapper.TenantProperty),
        Text(message, EventMessageMapper.TraceParentProperty));

    private static string? Text(ServiceBusReceivedMessage message, string property) =>
        message.ApplicationProperties.TryGetValue(property, out var value) ? value as string : null;
}

/// <summary>A message does not carry an integration event that this version of the code knows.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="cause">What led to it.</param>
public sealed class IntegrationFormatException(string message, Exception? cause = null) : Exception(message, cause);
