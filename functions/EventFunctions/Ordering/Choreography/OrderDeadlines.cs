using System.Text.Json;
using Azure.Messaging.ServiceBus;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;

namespace EventFunctions.Ordering.Choreography;

/// <summary>Schedules looks at orders, as messages that the broker holds back until they are due.</summary>
/// <param name="client">The namespace.</param>
public sealed class OrderDeadlines(ServiceBusClient client) : IAsyncDisposable
{
    private readonly Lazy<ServiceBusSender> _sender = new(() => client.CreateSender(OrderDeadline.Queue));

    /// <summary>Schedules a look. Asked for again within the queue's detection of duplicates, it is scheduled once.</summary>
    /// <param name="trace">The order, and the event after which the look is asked for.</param>
    /// <param name="kind">One of <see cref="OrderDeadlineKind"/>.</param>
    /// <param name="due">When, UTC; a time that has passed is now.</param>
    /// <param name="occasion">Tells one look of a kind at an order from another, where there can be several.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ServiceBusException">The broker did not take it.</exception>
    public Task ScheduleAsync(
        SagaTrace trace, string kind, DateTimeOffset due, string? occasion = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(trace);
        var deadline = new OrderDeadline(kind, trace.OrderId, trace.CorrelationId, trace.CausationId, trace.Tenant, trace.TraceParent);
        var message = new ServiceBusMessage(JsonSerializer.SerializeToUtf8Bytes(deadline, EventJson.Options))
        {
            MessageId = NameBasedGuid.Create(Guid.ParseExact(trace.OrderId, "N"), $"{kind}/{occasion}").ToString(),
            Subject = kind,
            CorrelationId = trace.CorrelationId,
            ContentType = "application/json",
        };
        return _sender.Value.ScheduleMessageAsync(message, due, cancellationToken);
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
