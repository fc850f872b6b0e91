using EventFunctions.Domain;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Inventory.Replenishment.Api;

/// <summary>
/// <c>POST /api/admin/replenishments/{replenishmentId}/confirm</c>: an operator ends a replenishment, with the pieces that came in
/// or without any.
/// </summary>
/// <param name="validator">Checks the body.</param>
public sealed class ConfirmReplenishmentEndpoint(IValidator<ConfirmReplenishmentRequest> validator)
{
    /// <summary>The namespace of idempotency keys of this request.</summary>
    private static readonly Guid KeyScope = new("0e2a7f1b-5c64-47b2-8d1a-93a4f0b86c3e");

    /// <summary>202 when the replenishment will be told; 409 when it has ended.</summary>
    [Function("ConfirmReplenishment")]
    [ApiBody(typeof(ConfirmReplenishmentRequest))]
    [ApiHeaders(IdempotencyKey = true)]
    [ApiAnswer(StatusCodes.Status202Accepted, typeof(ReplenishmentReport), HasLocation = true)]
    [ApiProblem(StatusCodes.Status404NotFound, ReplenishmentReader.NotFound)]
    [ApiProblem(StatusCodes.Status409Conflict, "replenishment-ended")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = AdminRoutes.Prefix + "replenishments/{replenishmentId}/confirm")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string replenishmentId,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        var body = (await RequestBody.ReadAsync(request, cancellationToken)).Json<ConfirmReplenishmentRequest>();
        validator.Check(body);
        var replenishment = await ReplenishmentReader.ReadAsync(client, replenishmentId, cancellationToken);
        if (!replenishment.IsOpen)
        {
            return new ProblemResult(new Problem(
                StatusCodes.Status409Conflict, "replenishment-ended", "The replenishment has ended.", $"It is {replenishment.State}."));
        }

        var answer = body.ToAnswer(IdempotencyKey.IdFor(request, NameBasedGuid.Create(KeyScope, replenishmentId)));
        await client.RaiseEventAsync(replenishmentId, ReplenishmentAnswer.EventName, answer, cancellationToken);
        return new ApiResult(StatusCodes.Status202Accepted, replenishment, location: $"/api/admin/replenishments/{replenishmentId}");
    }
}

/// <summary>The body of an operator's decision. Everything may be missing until it is validated.</summary>
/// <param name="Quantity">How many pieces came in; 0 closes the replenishment without any.</param>
/// <param name="Reason">Why, where none came in.</param>
public sealed record ConfirmReplenishmentRequest(decimal? Quantity, string? Reason)
{
    /// <summary>The word that a valid body is.</summary>
    /// <param name="id">Identifies the request.</param>
    public ReplenishmentAnswer ToAnswer(Guid id) => Quantity > 0
        ? new ReplenishmentAnswer($"operator:{id:N}", ReplenishmentTrigger.Confirmed, (int)Quantity.Value)
        : new ReplenishmentAnswer($"operator:{id:N}", ReplenishmentTrigger.ClosedByOperator, Reason: Reason);
}

/// <summary>Finds everything wrong with such a body.</summary>
public sealed class ConfirmReplenishmentValidator : AbstractValidator<ConfirmReplenishmentRequest>
{
    private const int MaxReasonLength = 500;

    /// <summary>Declares the rules.</summary>
    public ConfirmReplenishmentValidator()
    {
        RuleFor(r => r.Quantity).Must(q => q is { } n && n == decimal.Truncate(n) && n is >= 0 and <= Quantity.MaxValue)
            .WithMessage($"Must be a whole number from 0 to {Quantity.MaxValue}.");
        RuleFor(r => r.Reason).Must(reason => !string.IsNullOrWhiteSpace(reason)).When(r => r.Quantity == 0)
            .WithMessage("Must say why, where nothing came in.");
        RuleFor(r => r.Reason).MaximumLength(MaxReasonLength).WithMessage($"Must have at most {MaxReasonLength} characters.");
    }
}
