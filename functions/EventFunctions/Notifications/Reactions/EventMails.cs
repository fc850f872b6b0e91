using EventFunctions.Domain;
using EventFunctions.Domain.Customers;
using EventFunctions.EventSourcing;
using EventFunctions.Publishing;

namespace EventFunctions.Notifications.Reactions;

/// <summary>Sends the mails that events give reason for, once for each event.</summary>
/// <remarks>
/// The inbox keeps two deliveries of an event from sending side by side; that nothing is sent twice also where one stops halfway is
/// the notifier's doing.
/// </remarks>
/// <param name="consumer">Lets each event through once.</param>
/// <param name="notifier">Sends.</param>
/// <param name="customers">The accounts.</param>
public sealed class EventMails(IdempotentConsumer consumer, INotifier notifier, IAggregateRepository<Customer, CustomerEvent> customers)
{
    /// <summary>Sends the mails of an event about a customer; for a guest, who has no account, nothing is planned and nothing remembered.</summary>
    /// <param name="handler">The name of the function that handles the event.</param>
    /// <param name="envelope">The event.</param>
    /// <param name="customerId">The customer.</param>
    /// <param name="plan">The mails.</param>
    /// <param name="cancellationToken">Gives up; what was not sent by then is sent with the next delivery.</param>
    public async Task SendAsync(
        string handler, EventEnvelope envelope, CustomerId customerId, IReadOnlyList<PlannedMail> plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Count == 0 || (await customers.LoadAsync(Customer.StreamOf(customerId, envelope.Stream.Tenant), cancellationToken)).Version == 0)
        {
            return;
        }

        await consumer.HandleAsync(handler, envelope, token => SendAsync(envelope, plan, token), cancellationToken);
    }

    private async Task SendAsync(EventEnvelope envelope, IReadOnlyList<PlannedMail> plan, CancellationToken cancellationToken)
    {
        foreach (var mail in plan)
        {
            await notifier.NotifyAsync(
                new NotificationRequest(
                    NameBasedGuid.Create(envelope.EventId, mail.Template.Name),
                    mail.Template.Name,
                    mail.Recipient,
                    mail.Values.ToDictionary(v => v.Placeholder, v => v.Value, StringComparer.Ordinal),
                    envelope.Metadata.CorrelationId,
                    envelope.EventId.ToString(),
                    envelope.Stream.Tenant),
                cancellationToken);
        }
    }
}
