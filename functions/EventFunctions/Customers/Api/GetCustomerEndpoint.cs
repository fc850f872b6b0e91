using EventFunctions.Customers.Views;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Customers.Api;

/// <summary><c>GET /api/customers/{customerId}</c>: shows a customer's account, and what their orders add up to.</summary>
/// <param name="views">The views.</param>
/// <param name="totals">Adds up the orders.</param>
public sealed class GetCustomerEndpoint(ServingViews views, ICustomerTotals totals)
{
    /// <summary>200 with the profile, or 404 until there is one.</summary>
    [Function("GetCustomer")]
    [ApiAnswer(StatusCodes.Status200OK, typeof(CustomerProfile), HasETag = true)]
    [ApiProblem(StatusCodes.Status404NotFound, "customer-not-found")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "customers/{customerId}")] HttpRequest request,
        string customerId,
        CancellationToken cancellationToken)
    {
        _ = request;
        var id = RouteId.Customer(customerId);
        var accounts = await views.OfAsync(CustomerViewProjection.Kind, cancellationToken);
        return await accounts.FindAsync<CustomerView>(CustomerViewProjection.KeyOf(id), cancellationToken) is { Current: var current }
            ? new ApiResult(
                StatusCodes.Status200OK,
                new CustomerProfile(current.View, await totals.OfAsync(id, tenant: null, cancellationToken)),
                current.Version)
            : new ProblemResult(Problem.NotFound("customer-not-found", $"There is no customer '{id}', or the account is not shown yet."));
    }
}

/// <summary>A customer's profile.</summary>
/// <param name="Account">The account.</param>
/// <param name="Orders">What the customer's orders add up to.</param>
public sealed record CustomerProfile(CustomerView Account, CustomerTotals Orders);
