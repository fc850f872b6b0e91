using EventFunctions.Domain.Customers;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Customers.Api;

/// <summary><c>POST /api/customers/{customerId}/deactivate</c>: closes an account for its customer.</summary>
/// <param name="commands">Sends the command.</param>
/// <param name="validator">Checks the body.</param>
public sealed class DeactivateCustomerEndpoint(CustomerCommands commands, IValidator<DeactivationRequest> validator)
{
    /// <summary>200 with the account, also where it is closed already.</summary>
    [Function("DeactivateCustomer")]
    [ApiBody(typeof(DeactivationRequest), Optional = true)]
    [ApiHeaders(IdempotencyKey = true, IfMatch = true)]
    [ApiAnswer(StatusCodes.Status200OK, typeof(CustomerAnswer), HasETag = true)]
    [ApiProblem(StatusCodes.Status404NotFound, CustomerRejections.NotFound)]
    [ApiProblem(StatusCodes.Status409Conflict, "contended")]
    [ApiProblem(StatusCodes.Status412PreconditionFailed, "stale-version")]
    [ApiProblem(StatusCodes.Status422UnprocessableEntity, CustomerRejections.Erased, "idempotency-key-reused")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "customers/{customerId}/deactivate")] HttpRequest request,
        string customerId,
        CancellationToken cancellationToken)
    {
        var id = RouteId.Customer(customerId);
        var body = await RequestBody.ReadAsync(request, cancellationToken);
        var deactivation = body.JsonOr(new DeactivationRequest(Reason: null));
        validator.Check(deactivation);
        return await commands.SendAsync(
            request, id, new DeactivateCustomer(CustomerReasons.CustomerRequest, deactivation.ToReason()), body, cancellationToken);
    }
}

/// <summary>The body of a deactivation.</summary>
/// <param name="Reason">In the customer's words; may be left out.</param>
public sealed record DeactivationRequest(string? Reason)
{
    /// <summary>The reason of a valid body.</summary>
    public string ToReason() => string.IsNullOrWhiteSpace(Reason) ? "The customer closed the account." : Reason;
}

/// <summary>Finds everything wrong with a deactivation's body.</summary>
public sealed class DeactivationValidator : AbstractValidator<DeactivationRequest>
{
    /// <summary>The longest reason, in characters.</summary>
    public const int MaxReasonLength = 500;

    /// <summary>Declares the rules.</summary>
    public DeactivationValidator() => RuleFor(r => r.Reason)
        .MaximumLength(MaxReasonLength).WithMessage($"Must have at most {MaxReasonLength} characters.")
        .Must(reason => reason is null || !reason.Any(c => char.IsControl(c) && c is not ('\r' or '\n' or '\t')))
        .WithMessage("Must not have control characters other than line breaks and tabs.");
}
