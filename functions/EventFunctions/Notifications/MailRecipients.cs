using EventFunctions.Composition;
using EventFunctions.Domain;
using EventFunctions.Domain.Customers;
using EventFunctions.EventSourcing;
using EventFunctions.Notifications.Templates;
using Microsoft.Extensions.Options;

namespace EventFunctions.Notifications;

/// <summary>Finds who a mail goes to. Addresses are read when a mail is sent, and kept nowhere else.</summary>
/// <param name="customers">The accounts.</param>
/// <param name="options">The operators' address.</param>
public sealed class MailRecipients(IAggregateRepository<Customer, CustomerEvent> customers, IOptions<NotificationsOptions> options)
{
    /// <summary>Who gets a mail; <see langword="null"/> if nobody does: no account, no verified address, or no consent.</summary>
    /// <param name="recipient">Whom it is meant for.</param>
    /// <param name="purpose">What it is sent for.</param>
    /// <param name="tenant">The tenant, where it is not the default one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<MailRecipient?> FindAsync(
        NotificationRecipient recipient, MailPurpose purpose, string? tenant, CancellationToken cancellationToken) => recipient switch
        {
            NotificationRecipient.Operators => new MailRecipient(new Email(options.Value.OperatorsAddress!), LanguageTag.English),
            NotificationRecipient.Customer(var id) => await OfAsync(id, purpose, tenant, c => c.Email, cancellationToken),
            NotificationRecipient.PendingAddress(var id, var version) =>
                await OfAsync(id, purpose, tenant, c => c.AddressVersion == version ? c.PendingEmail : null, cancellationToken),
            NotificationRecipient.FormerAddress(var id, var version) =>
                await OfAsync(id, purpose, tenant, c => c.EmailBefore(version), cancellationToken),
            _ => throw new ArgumentException($"Nobody knows where to send a mail to {recipient}.", nameof(recipient)),
        };

    private async Task<MailRecipient?> OfAsync(
        CustomerId id, MailPurpose purpose, string? tenant, Func<Customer, Email?> addressOf, CancellationToken cancellationToken)
    {
        var customer = (await customers.LoadAsync(Customer.StreamOf(id, tenant), cancellationToken)).State;
        if (customer.Name is not { } name || addressOf(customer) is not { } address || address == Email.Erased)
        {
            return null;
        }

        return purpose == MailPurpose.Marketing && !(customer.Status == CustomerStatus.Active && customer.Preferences.AllowsMarketingMail())
            ? null
            : new MailRecipient(address, customer.Preferences.Language, name, id);
    }
}

/// <summary>Who gets a mail.</summary>
/// <param name="Address">Where.</param>
/// <param name="Language">In which language, if there is a text in it.</param>
/// <param name="Name">What they want to be called, if they are a customer.</param>
/// <param name="CustomerId">Which customer they are, if they are one.</param>
public sealed record MailRecipient(Email Address, LanguageTag Language, PersonName? Name = null, CustomerId? CustomerId = null);
