using static EventFunctions.Notifications.Templates.MailPurpose;
using static EventFunctions.Notifications.Templates.MailTemplate;

namespace EventFunctions.Notifications.Templates;

/// <summary>Every mail there is. Its texts are files beside this one: <c>{language}/{name}.txt</c>.</summary>
public static class MailTemplates
{
    /// <summary>Asks a new customer to verify the address.</summary>
    public static MailTemplate VerifyAddress { get; } = new("verify-address", Transactional, CustomerName, "link");

    /// <summary>Reminds a new customer to do so.</summary>
    public static MailTemplate VerifyAddressReminder { get; } = new("verify-address-reminder", Transactional, CustomerName, "link");

    /// <summary>Reminds a new customer for the last time.</summary>
    public static MailTemplate VerifyAddressLastReminder { get; } = new("verify-address-last-reminder", Transactional, CustomerName, "link");

    /// <summary>Asks a customer to verify a new address; goes to that one.</summary>
    public static MailTemplate VerifyNewAddress { get; } = new("verify-new-address", Transactional, CustomerName, "link");

    /// <summary>Tells a customer that another address was asked for; goes to the one so far.</summary>
    public static MailTemplate AddressChangeRequested { get; } = new("address-change-requested", Transactional, CustomerName);

    /// <summary>Tells a customer that the account is open.</summary>
    public static MailTemplate AccountActivated { get; } = new("account-activated", Transactional, CustomerName);

    /// <summary>Congratulates a customer on a higher tier.</summary>
    public static MailTemplate TierReached { get; } = new("tier-reached", MailPurpose.Marketing, CustomerName, "tier");

    /// <summary>Tells a customer that the order was received.</summary>
    public static MailTemplate OrderReceived { get; } = new("order-received", Transactional, CustomerName, "orderId", "total");

    /// <summary>Tells a customer that the order is on its way.</summary>
    public static MailTemplate OrderShipped { get; } = new("order-shipped", Transactional, CustomerName, "orderId", "trackingNumber");

    /// <summary>Tells a customer that the order has arrived.</summary>
    public static MailTemplate OrderDelivered { get; } = new("order-delivered", Transactional, CustomerName, "orderId");

    /// <summary>Tells a customer that the order will not be carried out.</summary>
    public static MailTemplate OrderCancelled { get; } = new("order-cancelled", Transactional, CustomerName, "orderId", "reasonCode");

    /// <summary>Tells a customer that money was given back.</summary>
    public static MailTemplate PaymentRefunded { get; } = new("payment-refunded", Transactional, CustomerName, "orderId", "amount");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MailTemplate> All { get; } =
    [
        VerifyAddress, VerifyAddressReminder, VerifyAddressLastReminder, VerifyNewAddress, AddressChangeRequested, AccountActivated,
        TierReached, OrderReceived, OrderShipped, OrderDelivered, OrderCancelled, PaymentRefunded,
    ];
}
