using EventFunctions.Customers.Addresses;
using EventFunctions.Domain;
using EventFunctions.Domain.Customers;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Customers.Api;

/// <summary>
/// <c>PUT /api/customers/{customerId}/email</c>: asks for another address. Mails go to the one so far until the new one is verified.
/// </summary>
/// <param name="commands">Sends the command.</param>
/// <param name="addresses">The reserved addresses.</param>
/// <param name="validator">Checks the body.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class ChangeCustomerEmailEndpoint(
    CustomerCommands commands, EmailReservations addresses, IValidator<ChangeEmailRequest> validator, TimeProvider timeProvider)
{
    /// <summary>200 with the account, or a problem.</summary>
    [Function("ChangeCustomerEmail")]
    [ApiBody(typeof(ChangeEmailRequest))]
    [ApiHeaders(IdempotencyKey = true, IfMatch = true)]
    [ApiAnswer(StatusCodes.Status200OK, typeof(CustomerAnswer), HasETag = true)]
    [ApiProblem(StatusCodes.Status404NotFound, CustomerRejections.NotFound)]
    [ApiProblem(StatusCodes.Status409Conflict, "contended")]
    [ApiProblem(StatusCodes.Status412PreconditionFailed, "stale-version")]
    [ApiProblem(
        StatusCodes.Status422UnprocessableEntity,
        CustomerProblems.EmailTaken, CustomerRejections.Deactivated, CustomerRejections.Erased, "idempotency-key-reused")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "customers/{customerId}/email")] HttpRequest request,
        string customerId,
        CancellationToken cancellationToken)
    {
        var id = RouteId.Customer(customerId);
        var body = await RequestBody.ReadAsync(request, cancellationToken);
        var change = body.Json<ChangeEmailRequest>();
        validator.Check(change);
        var command = new ChangeEmail(new Email(change.Email!));

        // An account that would refuse anyway reserves nothing; its refusal is the answer.
        var state = (await commands.LoadAsync(id, cancellationToken)).State;
        if (CustomerDecider.Decide(state, command, timeProvider.GetUtcNow()) is Decision<CustomerEvent>.Accepted
            && !await addresses.TryReserveAsync(command.Email, id, tenant: null, cancellationToken))
        {
            return new ProblemResult(CustomerProblems.Taken());
        }

        return await commands.SendAsync(request, id, command, body, cancellationToken);
    }
}

/// <summary>The body of a change of address.</summary>
/// <param name="Email">The new address.</param>
public sealed record ChangeEmailRequest(string? Email);

/// <summary>Finds everything wrong with a change of address.</summary>
public sealed class ChangeEmailValidator : AbstractValidator<ChangeEmailRequest>
{
    /// <summary>Declares the rules.</summary>
    public ChangeEmailValidator() => RuleFor(r => r.Email).IsEmail();
}
