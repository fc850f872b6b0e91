using EventFunctions.Domain;
using EventFunctions.Domain.Customers;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using Microsoft.AspNetCore.Http;

namespace EventFunctions.Customers.Api;

/// <summary>Sends the commands of requests to accounts, and answers how the account is then.</summary>
/// <param name="customers">The accounts.</param>
/// <param name="metadata">The request's circumstances.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class CustomerCommands(
    IAggregateRepository<Customer, CustomerEvent> customers, RequestMetadata metadata, TimeProvider timeProvider)
{
    /// <summary>The namespace of idempotency keys of requests to accounts.</summary>
    private static readonly Guid KeyScope = new("2a1f6d0c-1d0b-4d6e-9a43-7c0f7b0a5e26");

    /// <summary>Sends a command.</summary>
    /// <param name="request">The request; its <c>If-Match</c> and <c>Idempotency-Key</c> are heeded.</param>
    /// <param name="customerId">The customer.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="body">The request's body, by which a key that is used for another request is recognised.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>200 with the account, or a problem.</returns>
    public async Task<IResult> SendAsync(
        HttpRequest request, CustomerId customerId, CustomerCommand command, RequestBody body, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(customerId);
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(body);

        // The key is meant within the customer and the kind of request.
        var scope = NameBasedGuid.Create(KeyScope, $"{customerId}/{command.GetType().Name}");
        var context = new CommandContext(
            metadata.ForCommand(IdempotencyKey.IdFor(request, scope)), Preconditions.IfMatch(request), body.Fingerprint);
        var result = await customers.ExecuteAsync(
            Customer.StreamOf(customerId), context, state => CustomerDecider.Decide(state, command, timeProvider.GetUtcNow()), cancellationToken);
        return result is CommandResult<Customer>.Committed { State: var state, Version: var version }
            ? new ApiResult(StatusCodes.Status200OK, CustomerAnswer.Of(customerId, state, version), version)
            : new ProblemResult(ProblemOf(result, customerId));
    }

    /// <summary>The account as it is.</summary>
    public async Task<Loaded<Customer>> LoadAsync(CustomerId customerId, CancellationToken cancellationToken) =>
        await customers.LoadAsync(Customer.StreamOf(customerId), cancellationToken);

    private static Problem ProblemOf(CommandResult<Customer> result, CustomerId customerId) =>
        result is CommandResult<Customer>.Rejected { Reason.Code: CustomerRejections.NotFound }
            ? Problem.NotFound(CustomerRejections.NotFound, $"There is no customer '{customerId}'.")
            : ProblemMap.Of(result);
}
