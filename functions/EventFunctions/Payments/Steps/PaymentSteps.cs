using EventFunctions.Domain;
using EventFunctions.Ordering.Saga;

namespace EventFunctions.Payments.Steps;

/// <summary>
/// The activities of a payment's saga beside those that an order's saga has too (<see cref="OrderSteps"/>), by the names they are
/// called by. A name is never changed while sagas run.
/// </summary>
public static class PaymentSteps
{
    /// <summary>Takes a part of what is held.</summary>
    public const string CapturePart = "CapturePaymentPart";

    /// <summary>Gives the hold up.</summary>
    public const string VoidPayment = nameof(VoidPayment);

    /// <summary>Pays money back.</summary>
    public const string RefundPayment = nameof(RefundPayment);
}

/// <summary>Tells a step of a payment how much it is about.</summary>
/// <param name="Trace">The saga.</param>
/// <param name="Step">The step's name, unique inside the order: the command and the key at the provider follow from it.</param>
/// <param name="Amount">How much, where the step moves money.</param>
public sealed record PaymentStep(SagaTrace Trace, string Step, Money? Amount = null)
{
    /// <summary>How much; a step that moves money cannot do without.</summary>
    /// <exception cref="InvalidOperationException">None was given.</exception>
    public Money Required() => Amount ?? throw new InvalidOperationException($"Step {Step} of order {Trace.OrderId} moves money, but was given no amount.");
}
