using EventFunctions.Domain;
using EventFunctions.Ordering.Saga;

namespace EventFunctions.Payments.Saga;

/// <summary>What a payment's saga is started with: no personal data, which its steps read from the order itself.</summary>
/// <param name="Trace">Whose payment it is, and what started this.</param>
/// <param name="Operation">What to do.</param>
/// <param name="Step">Names the operation among all of the order: its commands and its keys at the provider follow from it.</param>
/// <param name="Settings">How patient it is; fixed at the start, so that a replay decides as the first run did.</param>
/// <param name="Amount">How much is refunded, or captured; none is the whole, which only a capture knows.</param>
/// <param name="Reason">Why an operator asked for it, where one did.</param>
/// <param name="IsUncertain">Of a reversal: whether an operation before it got no answer, so that it may still take effect.</param>
public sealed record PaymentSagaInput(
    SagaTrace Trace,
    PaymentOperation Operation,
    string Step,
    PaymentSagaSettings Settings,
    Money? Amount = null,
    string? Reason = null,
    bool IsUncertain = false);

/// <summary>How patient a payment's saga is.</summary>
/// <param name="SettleDelay">How long an operation without an answer may still take effect at the provider.</param>
/// <param name="Step">How an operation is tried again.</param>
/// <param name="Undo">How a reversal is tried again.</param>
public sealed record PaymentSagaSettings(TimeSpan SettleDelay, SagaRetry Step, SagaRetry Undo)
{
    /// <summary>As patient as the order's saga that it is part of.</summary>
    public static PaymentSagaSettings Of(OrderSagaSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new PaymentSagaSettings(settings.SettleDelay, settings.Step, settings.Undo);
    }
}
