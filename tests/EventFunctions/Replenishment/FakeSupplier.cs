using System.Collections.Concurrent;
using EventFunctions.Domain;
using EventFunctions.Inventory.Replenishment;
using EventFunctions.Notifications;
using EventFunctions.Resilience;

namespace EventFunctions.Tests.Replenishment;

/// <summary>A supplier with books: each key takes effect once.</summary>
internal sealed class FakeSupplier : ISupplier
{
    private readonly ConcurrentDictionary<Guid, (string Reference, string ProductId, int Quantity)> _orders = new();
    private readonly ConcurrentDictionary<Guid, string> _reminders = new();

    /// <summary>Refuses every order.</summary>
    public bool Refuses { get; set; }

    /// <summary>Never answers; does not take orders either.</summary>
    public bool IsAway { get; set; }

    /// <summary>How often it was called, whatever came of it.</summary>
    public ConcurrentQueue<string> Calls { get; } = [];

    /// <summary>The orders it has taken.</summary>
    public IReadOnlyList<(string Reference, string ProductId, int Quantity)> Orders => [.. _orders.Values];

    /// <summary>The reminders it has noticed, by its own ids of the orders.</summary>
    public IReadOnlyList<string> Reminders => [.. _reminders.Values];

    public static string IdOf(string reference) => $"sup-{reference}";

    public Task<SupplierAnswer> OrderAsync(string reference, ProductId productId, Quantity quantity, Guid key, CancellationToken cancellationToken)
    {
        Calls.Enqueue("order");
        if (IsAway)
        {
            return Task.FromException<SupplierAnswer>(new ProviderUnavailableException("The fake supplier", "order", "it is away"));
        }

        if (Refuses)
        {
            return Task.FromResult<SupplierAnswer>(new SupplierAnswer.Refused("product-discontinued", "We have it no longer."));
        }

        _orders.TryAdd(key, (reference, productId.Value, quantity.Value));
        return Task.FromResult<SupplierAnswer>(new SupplierAnswer.Accepted(IdOf(reference)));
    }

    public Task RemindAsync(string supplierOrderId, Guid key, CancellationToken cancellationToken)
    {
        Calls.Enqueue("remind");
        if (IsAway)
        {
            return Task.FromException(new ProviderUnavailableException("The fake supplier", "remind", "it is away"));
        }

        _reminders.TryAdd(key, supplierOrderId);
        return Task.CompletedTask;
    }
}

/// <summary>Keeps the mails it is asked to send, one for each key.</summary>
internal sealed class RecordedNotifier : INotifier
{
    private readonly ConcurrentDictionary<Guid, NotificationRequest> _sent = new();

    /// <summary>Fails every time.</summary>
    public bool IsAway { get; set; }

    public IReadOnlyList<NotificationRequest> Sent => [.. _sent.Values];

    public Task NotifyAsync(NotificationRequest notification, CancellationToken cancellationToken)
    {
        if (IsAway)
        {
            return Task.FromException(new ProviderUnavailableException("The mail service", "send", "it is away"));
        }

        _sent.TryAdd(notification.Key, notification);
        return Task.CompletedTask;
    }
}
