using EventFunctions.Domain;

namespace EventFunctions.Notifications;

/// <summary>Tells people what happened.</summary>
public interface INotifier
{
    /// <summary>Renders and sends a mail; one that was sent under the same key is not sent again.</summary>
    /// <param name="notification">What to whom.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Resilience.ProviderUnavailableException">The mail service was not reached; with the same key it may be tried again.</exception>
    Task NotifyAsync(NotificationRequest notification, CancellationToken cancellationToken);
}

/// <summary>A mail that is to be sent.</summary>
/// <param name="Key">Identifies it: derived from the event or the saga's step that asks for it.</param>
/// <param name="Template">The template, lower-case words joined by hyphens, e.g. <c>order-shipped</c>.</param>
/// <param name="Recipient">To whom.</param>
/// <param name="Values">What the template's placeholders stand for.</param>
/// <param name="CorrelationId">The business transaction.</param>
/// <param name="CausationId">The event that asks for it, where one does.</param>
/// <param name="Tenant">The tenant, where it is not the default one.</param>
public sealed record NotificationRequest(
    Guid Key,
    string Template,
    NotificationRecipient Recipient,
    IReadOnlyDictionary<string, string> Values,
    string CorrelationId,
    string? CausationId = null,
    string? Tenant = null);

/// <summary>Who gets a mail.</summary>
public abstract record NotificationRecipient
{
    private NotificationRecipient()
    {
    }

    /// <summary>A customer, at the address and under the preferences of their account; one without an account gets nothing.</summary>
    /// <param name="CustomerId">The customer.</param>
    public sealed record Customer(CustomerId CustomerId) : NotificationRecipient;

    /// <summary>A customer, at the address of theirs that waits to be verified; nobody once another has taken its place.</summary>
    /// <param name="CustomerId">The customer.</param>
    /// <param name="AddressVersion">The address's number in the account.</param>
    public sealed record PendingAddress(CustomerId CustomerId, int AddressVersion) : NotificationRecipient;

    /// <summary>A customer, at the address that was theirs when another was asked for; nobody where there was none.</summary>
    /// <param name="CustomerId">The customer.</param>
    /// <param name="AddressVersion">The number in the account of the address that was asked for.</param>
    public sealed record FormerAddress(CustomerId CustomerId, int AddressVersion) : NotificationRecipient;

    /// <summary>The people who run the shop, at the address of the setting <c>Notifications:OperatorsAddress</c>.</summary>
    public sealed record Operators : NotificationRecipient;
}
