using System.Text.Json;
using Azure.Messaging.ServiceBus;
using EventFunctions.EventSourcing;

namespace EventFunctions.Webhooks;

/// <summary>Attempts as messages of a queue; those that are due later are scheduled there.</summary>
/// <param name="client">The namespace.</param>
public sealed class ServiceBusWebhookQueue(ServiceBusClient client) : IWebhookQueue, IAsyncDisposable
{
    /// <summary>The queue.</summary>
    public const string Name = "webhook-deliveries";

    private readonly Lazy<ServiceBusSender> _sender = new(() => client.CreateSender(Name));

    /// <inheritdoc/>
    public Task EnqueueAsync(DueAttempt attempt, DateTimeOffset? due, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        var message = new ServiceBusMessage(JsonSerializer.SerializeToUtf8Bytes(attempt, EventJson.Options))
        {
            // With the round: an attempt that is asked for by hand is due at once, though the same one is scheduled for later.
            MessageId = $"{attempt.Key}-{attempt.Round}",
            Subject = "webhook-attempt",
            ContentType = "application/json",
        };
        if (due is { } later)
        {
            message.ScheduledEnqueueTime = later;
        }

        return _sender.Value.SendMessageAsync(message, cancellationToken);
    }

    /// <summary>The attempt that a message asks for.</summary>
    /// <exception cref="JsonException">It asks for none.</exception>
    public static DueAttempt Read(ServiceBusReceivedMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return JsonSerializer.Deserialize<DueAttempt>(message.Body.ToMemory().Span, EventJson.Options)
            ?? throw new JsonException("JSON null is no attempt.");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_sender.IsValueCreated)
        {
            await _sender.Value.DisposeAsync();
        }
    }
}
