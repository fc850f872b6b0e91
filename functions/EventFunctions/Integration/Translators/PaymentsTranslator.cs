using EventFunctions.Domain.Payments;
using EventFunctions.EventSourcing;
using EventFunctions.Integration.Contracts;

namespace EventFunctions.Integration.Translators;

/// <summary>Tells others of refunds. The steps of a payment are between the shop and its provider; that it is paid, the order tells.</summary>
public sealed class PaymentsTranslator : IIntegrationTranslator
{
    /// <inheritdoc/>
    public string Category => Payment.Category;

    /// <inheritdoc/>
    public IReadOnlyList<IntegrationEvent> Translate(IDomainEvent data) => data switch
    {
        PaymentRefunded e => [new ShopPaymentRefunded(e.OrderId.ToString(), e.Amount.ToContract())],
        _ => [],
    };
}
