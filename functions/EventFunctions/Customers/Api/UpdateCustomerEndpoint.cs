using EventFunctions.Domain;
using EventFunctions.Domain.Customers;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Customers.Api;

/// <summary><c>PUT /api/customers/{customerId}</c>: changes a customer's name and telephone.</summary>
/// <param name="commands">Sends the command.</param>
/// <param name="validator">Checks the body.</param>
public sealed class UpdateCustomerEndpoint(CustomerCommands commands, IValidator<UpdateCustomerRequest> validator)
{
    /// <summary>200 with the account, or a problem.</summary>
    [Function("UpdateCustomer")]
    [ApiBody(typeof(UpdateCustomerRequest))]
    [ApiHeaders(IdempotencyKey = true, IfMatch = true)]
    [ApiAnswer(StatusCodes.Status200OK, typeof(CustomerAnswer), HasETag = true)]
    [ApiProblem(StatusCodes.Status404NotFound, CustomerRejections.NotFound)]
    [ApiProblem(StatusCodes.Status409Conflict, "contended")]
    [ApiProblem(StatusCodes.Status412PreconditionFailed, "stale-version")]
    [ApiProblem(StatusCodes.Status422UnprocessableEntity, CustomerRejections.Deactivated, CustomerRejections.Erased, "idempotency-key-reused")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "customers/{customerId}")] HttpRequest request,
        string customerId,
        CancellationToken cancellationToken)
    {
        var id = RouteId.Customer(customerId);
        var body = await RequestBody.ReadAsync(request, cancellationToken);
        var update = body.Json<UpdateCustomerRequest>();
        validator.Check(update);
        return await commands.SendAsync(request, id, update.ToCommand(), body, cancellationToken);
    }
}

/// <summary>The body of an update: all of it, as it is from now on.</summary>
/// <param name="Name">What the customer wants to be called.</param>
/// <param name="Phone">The customer's telephone, with the country's code; none where it is missing.</param>
public sealed record UpdateCustomerRequest(string? Name, string? Phone)
{
    /// <summary>The command that a valid body asks for.</summary>
    public UpdateCustomer ToCommand() => new(new PersonName(Name!), CustomerRules.ToPhone(Phone));
}

/// <summary>Finds everything wrong with an update's body.</summary>
public sealed class UpdateCustomerValidator : AbstractValidator<UpdateCustomerRequest>
{
    /// <summary>Declares the rules.</summary>
    public UpdateCustomerValidator()
    {
        RuleFor(r => r.Name).IsName();
        RuleFor(r => r.Phone).IsPhoneOrNone();
    }
}
