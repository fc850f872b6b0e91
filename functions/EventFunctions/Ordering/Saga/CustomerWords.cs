using EventFunctions.Domain;
using EventFunctions.EventSourcing;

namespace EventFunctions.Ordering.Saga;

/// <summary>Takes what a customer said through a saga sealed: its inputs, its history and its result are kept by the orchestrator.</summary>
/// <param name="personalData">Seals and opens; without keys the words stay in clear, as everything personal does then.</param>
public sealed class CustomerWords(PersonalDataVault? personalData = null)
{
    private readonly PersonalDataVault _personalData = personalData ?? PersonalDataVault.None;

    /// <summary>The wish to cancel an order, as a saga is told of it.</summary>
    /// <param name="order">The order.</param>
    /// <param name="customer">Whose words they are.</param>
    /// <param name="reason">The words, if any. Those of an erased customer are left out.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<CancellationRequest> SealAsync(OrderId order, CustomerId? customer, string? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (reason is null || customer is null || !_personalData.HasKeys)
        {
            return new CancellationRequest(reason);
        }
        var subject = new DataSubjectId(customer.Value);
        return new CancellationRequest(
            Reason: null, await _personalData.SealTextAsync(reason, subject, PlaceOf(order.ToString()), cancellationToken));
    }

    /// <summary>Why an order is cancelled, in the customer's words where they gave any.</summary>
    public async Task<string> ReasonOfAsync(CancellationStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.SealedReason is { } words
            ? await _personalData.OpenTextAsync(words, PlaceOf(step.Trace.OrderId), cancellationToken)
            : step.Reason;
    }

    private static string PlaceOf(string orderId) => $"saga/{orderId}/cancellation";
}
