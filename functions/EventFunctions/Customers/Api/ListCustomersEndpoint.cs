using EventFunctions.Customers.Views;
using EventFunctions.Domain.Customers;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Customers.Api;

/// <summary><c>GET /api/admin/customers</c>: lists all accounts, newest first, page by page.</summary>
/// <param name="views">The views.</param>
public sealed class ListCustomersEndpoint(ServingViews views)
{
    private const int DefaultPageSize = 50;

    /// <summary>How many pages of the store one request reads at most: a rare status must not make it read the whole list.</summary>
    private const int MaxReads = 10;

    /// <summary>200 with a page. One that is not full, even an empty one, is the last only if it has no continuation.</summary>
    [Function("ListCustomers")]
    [ApiQuery("status", "Only accounts that stand so.", OneOf = ["any", "Registered", "Active", "Deactivated", "Erased"])]
    [ApiQuery("tier", "Only customers who are served so.", OneOf = ["any", "Standard", "Silver", "Gold", "Platinum"])]
    [ApiQuery("pageSize", "How many accounts the page holds at most, 1 to 100; 50 if not given.", Type = typeof(int))]
    [ApiQuery("continuation", "The continuation of the page before.")]
    [ApiAnswer(StatusCodes.Status200OK, typeof(CustomerPage))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = AdminRoutes.Prefix + "customers")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var status = QueryParameters.OneOf<CustomerStatus?>(
            request,
            "status",
            [("any", null), .. Enum.GetValues<CustomerStatus>().Where(s => s != CustomerStatus.None).Select(s => (s.ToString(), (CustomerStatus?)s))]);
        var tier = QueryParameters.OneOf<CustomerTier?>(
            request, "tier", [("any", null), .. Enum.GetValues<CustomerTier>().Select(t => (t.ToString(), (CustomerTier?)t))]);
        var pageSize = QueryParameters.PageSize(request, DefaultPageSize, ViewPage<CustomerListItem>.MaxSize);
        return new ApiResult(
            StatusCodes.Status200OK,
            await ReadAsync(
                c => (status is null || c.Status == status) && (tier is null || c.Tier == tier),
                pageSize,
                QueryParameters.Continuation(request),
                cancellationToken));
    }

    private async Task<CustomerPage> ReadAsync(
        Func<CustomerListItem, bool> isAsked, int pageSize, string? continuation, CancellationToken cancellationToken)
    {
        var accounts = await views.OfAsync(CustomerListProjection.Kind, cancellationToken);
        var items = new List<CustomerListItem>();
        for (var read = 0; read < MaxReads && items.Count < pageSize; read++)
        {
            // Never more than still fit, so that the store's continuation is the page's.
            var page = await ListAsync(accounts, pageSize - items.Count, continuation, cancellationToken);
            items.AddRange(page.Views.Select(v => v.View).Where(isAsked));
            if ((continuation = page.Continuation) is null)
            {
                break;
            }
        }

        return new CustomerPage(items, continuation);
    }

    private static async Task<ViewPage<CustomerListItem>> ListAsync(
        IViewStore accounts, int pageSize, string? continuation, CancellationToken cancellationToken)
    {
        return await QueryPages.AfterAsync(continuation, () => accounts.ListAsync<CustomerListItem>(
            CustomerListProjection.PartitionOf(tenant: null), CustomerListProjection.Kind, pageSize, continuation, cancellationToken));
    }
}

/// <summary>A page of accounts.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="Continuation">Asks for the next page; absent after the last.</param>
public sealed record CustomerPage(IReadOnlyList<CustomerListItem> Items, string? Continuation);
