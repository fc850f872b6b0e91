using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using EventFunctions.Ordering.Saga;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Ordering.Api;

/// <summary><c>POST /api/orders/{orderId}/cancel</c>: asks for an order to be cancelled; whoever leads it undoes what was done.</summary>
/// <param name="orders">The orders.</param>
/// <param name="events">An order's first event tells the business transaction it belongs to.</param>
/// <param name="sagas">The sagas.</param>
/// <param name="validator">Checks the body.</param>
/// <param name="metadata">The request's circumstances.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="words">Seals what the customer says.</param>
public sealed class CancelOrderEndpoint(
    IAggregateRepository<Order, OrderEvent> orders,
    IEventLookup events,
    OrderSagaStarter sagas,
    IValidator<CancelOrderRequest> validator,
    RequestMetadata metadata,
    TimeProvider timeProvider,
    CustomerWords words)
{
    /// <summary>
    /// 202 when the request will be considered between the saga's next two steps; where no saga leads the order it is cancelled, and
    /// what was done is being undone.
    /// </summary>
    [Function("CancelOrder")]
    [ApiHeaders(IfMatch = true)]
    [ApiBody(typeof(CancelOrderRequest), Optional = true)]
    [ApiAnswer(202, typeof(CancellationAnswer))]
    [ApiProblem(404, OrderRejections.NotFound)]
    [ApiProblem(422, OrderRejections.NotCancellable)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orders/{orderId}/cancel")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string orderId,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        var id = RouteId.Order(orderId);
        var body = (await RequestBody.ReadAsync(request, cancellationToken)).JsonOr(new CancelOrderRequest(Reason: null));
        validator.Check(body);
        var loaded = await orders.LoadAsync(Order.StreamOf(id), cancellationToken);
        if (Refusal(loaded, Preconditions.IfMatch(request), id) is { } problem)
        {
            return new ProblemResult(problem);
        }

        if (loaded.State.Flow == OrderFlow.Choreography)
        {
            return await CancelAsync(id, body.Words(), Preconditions.IfMatch(request), cancellationToken);
        }

        var wish = await words.SealAsync(id, loaded.State.CustomerId, body.Words(), cancellationToken);
        if (loaded.State.Status != OrderStatus.Cancelled && !await AskAsync(client, loaded.State, wish, cancellationToken))
        {
            // The saga may have ended since the order was loaded; then the order tells how.
            loaded = await orders.LoadAsync(Order.StreamOf(id), cancellationToken);
            if (Refusal(loaded, ExpectedVersion.Any, id) is { } ended)
            {
                return new ProblemResult(ended);
            }

            if (loaded.State.Status != OrderStatus.Cancelled)
            {
                return new ProblemResult(Problem.Rule(OrderRejections.NotCancellable, "The processing of the order has ended; an operator has to look at it."));
            }
        }

        return new ApiResult(StatusCodes.Status202Accepted, new CancellationAnswer(id, loaded.State.Status));
    }

    /// <summary>Cancels an order that handlers lead: its event has them undo what was done, also what is being done at this moment.</summary>
    private async Task<IResult> CancelAsync(OrderId id, string? words, ExpectedVersion expected, CancellationToken cancellationToken)
    {
        var command = new CancelOrder(SagaFailure.CancelledByCustomer, words ?? CancellationRequest.UsualReason);
        var circumstances = metadata.ForCommand(NameBasedGuid.Create(id.Value, SagaFailure.CancelledByCustomer));

        // As where a saga cancels: it is one transaction, from the order that was placed to the last thing undone.
        var correlationId = (await events.FindAsync(Order.StreamOf(id), version: 1, cancellationToken))?.Metadata.CorrelationId;
        var result = await orders.ExecuteAsync(
            Order.StreamOf(id),
            new CommandContext(
                circumstances with { CorrelationId = correlationId ?? circumstances.CorrelationId, Process = OrderProcess.Choreography }, expected),
            order => OrderDecider.Decide(order, command, timeProvider.GetUtcNow()),
            cancellationToken);
        return result is CommandResult<Order>.Committed { State.Status: var status }
            ? new ApiResult(StatusCodes.Status202Accepted, new CancellationAnswer(id, status))
            : new ProblemResult(ProblemMap.Of(result));
    }

    /// <summary>Tells the order's saga, which is started if it has not been.</summary>
    /// <returns>Whether there is a saga that hears it.</returns>
    private async Task<bool> AskAsync(DurableTaskClient client, Order order, CancellationRequest wish, CancellationToken cancellationToken)
    {
        var id = order.Id ?? throw new InvalidOperationException("An order that has events has an id.");
        return await sagas.EnsureStartedAsync(client, TraceOf(id), wish, cancellationToken, order.NeedsReview) switch
        {
            null => true,
            { IsCompleted: true } => false,
            _ => await TryTellAsync(client, id, wish, cancellationToken),
        };
    }

    /// <summary>The order itself says whether it can be cancelled; nothing is written here, the saga does that.</summary>
    private Problem? Refusal(Loaded<Order> loaded, ExpectedVersion expected, OrderId id)
    {
        if (loaded.Version == 0)
        {
            return Problem.NotFound(OrderRejections.NotFound, $"There is no order '{id}'.");
        }

        if (!expected.Matches(loaded.Version))
        {
            return Problem.Stale(expected.ToString(), loaded.Version);
        }

        var trial = OrderDecider.Decide(loaded.State, new CancelOrder(SagaFailure.CancelledByCustomer, string.Empty), timeProvider.GetUtcNow());
        return trial is Decision<OrderEvent>.Rejected { Reason: var reason } ? Problem.Rule(reason.Code, reason.Message) : null;
    }

    /// <summary>Tells the running saga; <see langword="false"/> if it ended at the same moment.</summary>
    private static async Task<bool> TryTellAsync(DurableTaskClient client, OrderId id, CancellationRequest wish, CancellationToken cancellationToken)
    {
        try
        {
            await client.RaiseEventAsync(id.ToString(), OrderSagaEvents.CancellationRequested, wish, cancellationToken);
            return true;
        }
#pragma warning disable CA1031 // Which exception tells that the instance has ended differs by backend: the instance itself tells.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            if (await client.GetInstanceAsync(id.ToString(), cancellation: cancellationToken) is { IsCompleted: true })
            {
                return false;
            }

            throw;
        }
    }

    private SagaTrace TraceOf(OrderId id)
    {
        var circumstances = metadata.ForCommand(Guid.Empty);
        return new SagaTrace(id.ToString(), circumstances.CorrelationId, TraceParent: circumstances.TraceParent);
    }
}

/// <summary>The body of a cancellation.</summary>
/// <param name="Reason">In the customer's words.</param>
public sealed record CancelOrderRequest(string? Reason)
{
    /// <summary>What the customer said; a blank reason is none.</summary>
    public string? Words() => string.IsNullOrWhiteSpace(Reason) ? null : Reason;
}

/// <summary>The answer to a cancellation.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Status">As it is while the request is being considered.</param>
public sealed record CancellationAnswer(OrderId OrderId, OrderStatus Status);

/// <summary>Finds everything wrong with a cancellation's body.</summary>
public sealed class CancelOrderValidator : AbstractValidator<CancelOrderRequest>
{
    /// <summary>The longest reason, in characters.</summary>
    public const int MaxReasonLength = 500;

    /// <summary>Declares the rules.</summary>
    public CancelOrderValidator()
    {
        RuleFor(r => r.Reason).MaximumLength(MaxReasonLength).WithMessage($"Must have at most {MaxReasonLength} characters.");
        RuleFor(r => r.Reason).Must(reason => reason is null || !reason.Any(c => char.IsControl(c) && c is not ('\r' or '\n' or '\t')))
            .WithMessage("Must not have control characters other than line breaks and tabs.");
    }
}
