using EventFunctions.Domain;
using EventFunctions.Domain.Payments;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Payments.Saga;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Payments.Api;

/// <summary>Serves an operator's request to move money: checks it against the payment and starts the operation.</summary>
/// <param name="operations">Starts it.</param>
/// <param name="validator">Checks the body.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class MoveMoney(PaymentOperations operations, IValidator<MoveMoneyRequest> validator, TimeProvider timeProvider)
{
    /// <summary>The namespace of idempotency keys of operations on payments.</summary>
    private static readonly Guid KeyScope = new("2a4b7c55-0f26-4c1e-8a3b-5f5c6d9e7b10");

    /// <summary>Serves the request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="client">The operations.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="operation">What to do.</param>
    /// <param name="left">How much of the payment the operation could move.</param>
    /// <param name="record">The command that would record it, by which the payment's rules are asked.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>202 with the operation and its place, the first one's where the key was used before; or a problem.</returns>
    public async Task<IResult> ServeAsync(
        HttpRequest request,
        DurableTaskClient client,
        OrderId orderId,
        PaymentOperation operation,
        Func<Payment, Money?> left,
        Func<Money, PaymentCommand> record,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(orderId);
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(record);
        var body = (await RequestBody.ReadAsync(request, cancellationToken)).Json<MoveMoneyRequest>();
        validator.Check(body);
        var id = PaymentOperations.IdOf(operation, IdempotencyKey.IdFor(request, NameBasedGuid.Create(KeyScope, orderId.ToString())));
        if (await PaymentOperations.FindAsync(client, orderId, id, cancellationToken) is { } known)
        {
            return AnswerTo(body, known);
        }

        var payment = await operations.LoadAsync(orderId, cancellationToken);
        if (!Preconditions.IfMatch(request).Matches(payment.Version))
        {
            return new ProblemResult(Problem.Stale(Preconditions.IfMatch(request).ToString(), payment.Version));
        }

        var amount = AmountOf(body, payment.State, left);
        return PaymentDecider.Decide(payment.State, record(amount), timeProvider.GetUtcNow()) is Decision<PaymentEvent>.Rejected { Reason: var reason }
            ? new ProblemResult(Problem.Rule(reason.Code, reason.Message))
            : AnswerTo(body, await operations.StartAsync(client, orderId, operation, id, amount, body.Reason!.Trim(), cancellationToken));
    }

    private static IResult AnswerTo(MoveMoneyRequest body, PaymentOperationReport operation) =>
        (body.Amount is { } asked && asked != operation.Amount?.Amount) || body.Reason!.Trim() != operation.Reason
            ? new ProblemResult(new Problem(
                422, "idempotency-key-reused", "The idempotency key was used for another request.", "Send a new key with a new request."))
            : new ApiResult(
                StatusCodes.Status202Accepted, operation, location: $"/api/admin/payments/{operation.OrderId}/operations/{operation.Id}");

    private static Money AmountOf(MoveMoneyRequest body, Payment payment, Func<Payment, Money?> left)
    {
        var rest = left(payment) ?? throw new InvalidOperationException("A payment that has begun has a currency.");
        return body.Amount is not { } amount
            ? rest
            : Money.TryCreate(amount, rest.Currency, out var money)
                ? money
                : throw new ProblemException(Problem.Invalid("amount", $"Must have at most {rest.Currency.Decimals} decimals, as {rest.Currency} has."));
    }
}
