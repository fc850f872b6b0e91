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

/// <summary><c>POST /api/customers</c>: opens an account. A mail asks the customer to verify the address.</summary>
/// <param name="customers">The accounts.</param>
/// <param name="addresses">The reserved addresses.</param>
/// <param name="validator">Checks the body.</param>
/// <param name="metadata">The request's circumstances.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class RegisterCustomerEndpoint(
    IAggregateRepository<Customer, CustomerEvent> customers,
    EmailReservations addresses,
    IValidator<RegisterCustomerRequest> validator,
    RequestMetadata metadata,
    TimeProvider timeProvider)
{
    /// <summary>The namespace of idempotency keys of this request.</summary>
    private static readonly Guid KeyScope = new("b9e0a3f4-6d5c-4b7f-8f4e-0a8d5f6c2d13");

    /// <summary>201 with the account, or a problem.</summary>
    [Function("RegisterCustomer")]
    [ApiBody(typeof(RegisterCustomerRequest))]
    [ApiHeaders(IdempotencyKey = true)]
    [ApiAnswer(StatusCodes.Status201Created, typeof(RegisteredCustomer), HasETag = true, HasLocation = true)]
    [ApiProblem(StatusCodes.Status409Conflict, "contended")]
    [ApiProblem(StatusCodes.Status422UnprocessableEntity, CustomerProblems.EmailTaken, CustomerRejections.AlreadyRegistered, CustomerRejections.Erased, "idempotency-key-reused")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "customers")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(request, cancellationToken);
        var registration = body.Json<RegisterCustomerRequest>();
        validator.Check(registration);

        // The customer's id follows from the key, so that a repeated request meets its own account.
        var key = IdempotencyKey.IdFor(request, KeyScope);
        var customerId = new CustomerId(key.ToString("N"));
        var command = registration.ToCommand(customerId);
        var stream = Customer.StreamOf(customerId);

        // An account that is there has its address, or its own answer to a second registration.
        if ((await customers.LoadAsync(stream, cancellationToken)).Version == 0
            && !await addresses.TryReserveAsync(command.Email, customerId, tenant: null, cancellationToken))
        {
            return new ProblemResult(CustomerProblems.Taken());
        }

        var context = new CommandContext(metadata.ForCommand(NameBasedGuid.Create(key, "register-customer")), Fingerprint: body.Fingerprint);
        var result = await customers.ExecuteAsync(
            stream, context, state => CustomerDecider.Decide(state, command, timeProvider.GetUtcNow()), cancellationToken);
        return result is CommandResult<Customer>.Committed { Version: var version }
            ? new ApiResult(
                StatusCodes.Status201Created, new RegisteredCustomer(customerId, CustomerStatus.Registered, version), version, $"/api/customers/{customerId}")
            : new ProblemResult(ProblemMap.Of(result));
    }
}

/// <summary>The answer to a registration; the same however often the request is repeated, and whatever became of the account.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="Status">Always registered.</param>
/// <param name="Version">The version that registering produced.</param>
public sealed record RegisteredCustomer(CustomerId CustomerId, CustomerStatus Status, long Version);
