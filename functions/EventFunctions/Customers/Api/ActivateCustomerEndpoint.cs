using EventFunctions.Customers.Addresses;
using EventFunctions.Domain.Customers;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Customers.Api;

/// <summary>
/// <c>POST /api/customers/{customerId}/activate</c>: verifies the address of an account by the token that was sent to it. The first
/// verified address opens the account.
/// </summary>
/// <param name="commands">Sends the command.</param>
/// <param name="tokens">Reads the token.</param>
/// <param name="validator">Checks the body.</param>
public sealed class ActivateCustomerEndpoint(CustomerCommands commands, VerificationTokens tokens, IValidator<ActivationRequest> validator)
{
    /// <summary>200 with the account, also for a token that has done its work; 422 for any other.</summary>
    [Function("ActivateCustomer")]
    [ApiBody(typeof(ActivationRequest))]
    [ApiAnswer(StatusCodes.Status200OK, typeof(CustomerAnswer), HasETag = true)]
    [ApiProblem(StatusCodes.Status404NotFound, CustomerRejections.NotFound)]
    [ApiProblem(StatusCodes.Status409Conflict, "contended")]
    [ApiProblem(
        StatusCodes.Status422UnprocessableEntity,
        CustomerProblems.TokenInvalid, CustomerRejections.VerificationSuperseded, CustomerRejections.Deactivated, CustomerRejections.Erased)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "customers/{customerId}/activate")] HttpRequest request,
        string customerId,
        CancellationToken cancellationToken)
    {
        var id = RouteId.Customer(customerId);
        var body = await RequestBody.ReadAsync(request, cancellationToken);
        var activation = body.Json<ActivationRequest>();
        validator.Check(activation);
        return tokens.Read(id, activation.Token, tenant: null) is { } addressVersion
            ? await commands.SendAsync(request, id, new ConfirmAddress(addressVersion), body, cancellationToken)
            : new ProblemResult(CustomerProblems.InvalidToken());
    }
}

/// <summary>The body of an activation.</summary>
/// <param name="Token">The token from the mail.</param>
public sealed record ActivationRequest(string? Token)
{
    /// <summary>What may be logged of it: nothing, for whoever has the token can use it.</summary>
    public override string ToString() => "An activation.";
}

/// <summary>Finds everything wrong with an activation's body.</summary>
public sealed class ActivationValidator : AbstractValidator<ActivationRequest>
{
    private const int MaxTokenLength = 200;

    /// <summary>Declares the rules.</summary>
    public ActivationValidator() => RuleFor(r => r.Token).Must(t => t is { Length: > 0 and <= MaxTokenLength })
        .WithMessage($"Must have 1 to {MaxTokenLength} characters.");
}
