using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using EventFunctions.Ordering.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Api;

/// <summary><c>GET /api/customers/{customerId}/orders</c>: a customer's orders, newest first, page by page.</summary>
/// <param name="views">The views.</param>
public sealed class ListCustomerOrdersEndpoint(ServingViews views)
{
    private const int DefaultPageSize = 20;
    private const int MaxPageSize = 100;

    /// <summary>200 with a page, which is empty for a customer without orders.</summary>
    [Function("ListCustomerOrders")]
    [ApiQuery("pageSize", "How many orders a page holds: 1 to 100, 20 unless given.", Type = typeof(int))]
    [ApiQuery("continuation", "The continuation of the page before.")]
    [ApiAnswer(200, typeof(CustomerOrdersPage))]
    [ApiProblem(404, "customer-not-found")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "customers/{customerId}/orders")] HttpRequest request,
        string customerId,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var partition = CustomerOrdersProjection.PartitionOf(RouteId.Customer(customerId));
        var pageSize = QueryParameters.PageSize(request, DefaultPageSize, MaxPageSize);
        var page = await ReadAsync(partition, pageSize, QueryParameters.Continuation(request), cancellationToken);
        return new ApiResult(StatusCodes.Status200OK, new CustomerOrdersPage([.. page.Views.Select(v => v.View)], page.Continuation));
    }

    private async Task<ViewPage<CustomerOrderView>> ReadAsync(
        string partition, int pageSize, string? continuation, CancellationToken cancellationToken)
    {
        var orders = await views.OfAsync(CustomerOrdersProjection.Kind, cancellationToken);
        return await QueryPages.AfterAsync(
            continuation,
            () => orders.ListAsync<CustomerOrderView>(partition, CustomerOrdersProjection.Kind, pageSize, continuation, cancellationToken));
    }
}

/// <summary>A page of a customer's orders.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="Continuation">Asks for the next page; absent after the last.</param>
public sealed record CustomerOrdersPage(IReadOnlyList<CustomerOrderView> Items, string? Continuation);
