using EventFunctions.Domain.Payments;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;

namespace EventFunctions.Payments.Steps;

/// <summary>Sends a saga's commands to its order's payment.</summary>
/// <param name="payments">The payments.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class PaymentCommandStep(IAggregateRepository<Payment, PaymentEvent> payments, TimeProvider timeProvider)
{
    /// <summary>The payment as it is.</summary>
    public async Task<Payment> LoadAsync(SagaTrace trace, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return (await payments.LoadAsync(Payment.StreamOf(trace.ToOrderId(), trace.Tenant), cancellationToken)).State;
    }

    /// <summary>Asks what recording would come to, before the provider is asked; writes nothing.</summary>
    /// <returns>The rule that forbids it, if one does, and whether an earlier attempt has recorded it already.</returns>
    public async Task<(StepOutcome Outcome, bool IsRecorded)> TryAsync(
        SagaTrace trace, string name, PaymentCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(trace);
        var result = await payments.ExecuteAsync(
            Payment.StreamOf(trace.ToOrderId(), trace.Tenant),
            trace.Command(name),
            payment => PaymentDecider.Decide(payment, command, timeProvider.GetUtcNow()) is Decision<PaymentEvent>.Rejected rejected
                ? rejected
                : Decision<PaymentEvent>.Accept(),
            cancellationToken);
        return (StepOutcome.Of(result), result is CommandResult<Payment>.Committed { IsRepetition: true });
    }

    /// <summary>Records what happened, under a name unique inside the saga.</summary>
    /// <returns>How that ended, and the payment as it is now.</returns>
    public async Task<(StepOutcome Outcome, Payment Payment)> RecordAsync(
        SagaTrace trace, string name, PaymentCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(trace);
        var result = await payments.ExecuteAsync(
            Payment.StreamOf(trace.ToOrderId(), trace.Tenant),
            trace.Command(name),
            payment => PaymentDecider.Decide(payment, command, timeProvider.GetUtcNow()),
            cancellationToken);
        var outcome = StepOutcome.Of(result);
        return result switch
        {
            CommandResult<Payment>.Committed committed => (outcome, committed.State),
            CommandResult<Payment>.Rejected rejected => (outcome, rejected.State),
            _ => throw new InvalidOperationException($"A step's command commits or is rejected, but ended as {result}."),
        };
    }
}
