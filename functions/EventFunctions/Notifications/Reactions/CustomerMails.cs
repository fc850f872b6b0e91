using EventFunctions.Customers.Addresses;
using EventFunctions.Domain.Customers;
using EventFunctions.Notifications.Templates;

namespace EventFunctions.Notifications.Reactions;

/// <summary>What customers are told about their accounts, apart from what the onboarding tells them.</summary>
/// <param name="link">Makes the link that verifies an address.</param>
public sealed class CustomerMails(VerificationLink link)
{
    /// <summary>The mails that an event gives reason for.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="tenant">The tenant, where it is not the default one.</param>
    public IReadOnlyList<PlannedMail> Of(CustomerEvent happened, string? tenant) => happened switch
    {
        CustomerActivated e => [PlannedMail.To(e.CustomerId, MailTemplates.AccountActivated)],
        CustomerPromoted e => [PlannedMail.To(e.CustomerId, MailTemplates.TierReached, ("tier", e.Tier.ToString()))],

        // The former address is told, so that nobody loses an account unawares to somebody who got at a session of theirs.
        CustomerEmailChanged e =>
        [
            new(MailTemplates.AddressChangeRequested, new NotificationRecipient.FormerAddress(e.CustomerId, e.AddressVersion)),
            new(MailTemplates.VerifyNewAddress, new NotificationRecipient.PendingAddress(e.CustomerId, e.AddressVersion), ("link", link.To(e.CustomerId, e.AddressVersion, tenant))),
        ],
        _ => [],
    };
}
