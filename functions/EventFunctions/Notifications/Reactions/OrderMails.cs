using EventFunctions.Domain.Ordering;
using EventFunctions.Notifications.Templates;

namespace EventFunctions.Notifications.Reactions;

/// <summary>What customers are told about their orders.</summary>
public static class OrderMails
{
    /// <summary>The mails that an event gives reason for.</summary>
    public static IReadOnlyList<PlannedMail> Of(OrderEvent happened) => happened switch
    {
        OrderPlaced e => [PlannedMail.To(e.CustomerId, MailTemplates.OrderReceived, Order(e), ("total", e.Total.ToString()))],
        OrderShipped e => [PlannedMail.To(e.CustomerId, MailTemplates.OrderShipped, Order(e), ("trackingNumber", e.TrackingNumber))],
        OrderDelivered e => [PlannedMail.To(e.CustomerId, MailTemplates.OrderDelivered, Order(e))],
        OrderCancelled e => [PlannedMail.To(e.CustomerId, MailTemplates.OrderCancelled, Order(e), ("reasonCode", e.ReasonCode))],
        _ => [],
    };

    private static (string Placeholder, string Value) Order(OrderEvent happened) => ("orderId", happened.OrderId.ToString());
}
