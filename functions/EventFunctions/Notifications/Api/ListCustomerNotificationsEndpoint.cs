using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using EventFunctions.Notifications.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Notifications.Api;

/// <summary><c>GET /api/customers/{customerId}/notifications</c>: lists what a customer was told, newest first, page by page.</summary>
/// <param name="views">The views.</param>
public sealed class ListCustomerNotificationsEndpoint(ServingViews views)
{
    private const int DefaultPageSize = 20;

    /// <summary>200 with a page, which is empty for a customer who was told nothing.</summary>
    [Function("ListCustomerNotifications")]
    [ApiQuery("pageSize", "How many notifications the page holds at most, 1 to 100; 20 if not given.", Type = typeof(int))]
    [ApiQuery("continuation", "The continuation of the page before.")]
    [ApiAnswer(StatusCodes.Status200OK, typeof(NotificationPage))]
    [ApiProblem(StatusCodes.Status404NotFound, "customer-not-found")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "customers/{customerId}/notifications")] HttpRequest request,
        string customerId,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var partition = CustomerNotificationProjection.PartitionOf(RouteId.Customer(customerId));
        var pageSize = QueryParameters.PageSize(request, DefaultPageSize, ViewPage<NotificationView>.MaxSize);
        var continuation = QueryParameters.Continuation(request);
        var sent = await views.OfAsync(CustomerNotificationProjection.Kind, cancellationToken);
        var page = await QueryPages.AfterAsync(
            continuation,
            () => sent.ListAsync<NotificationView>(partition, CustomerNotificationProjection.Kind, pageSize, continuation, cancellationToken));
        return new ApiResult(StatusCodes.Status200OK, new NotificationPage([.. page.Views.Select(v => v.View)], page.Continuation));
    }
}

/// <summary>A page of what a customer was told.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="Continuation">Asks for the next page; absent after the last.</param>
public sealed record NotificationPage(IReadOnlyList<NotificationView> Items, string? Continuation);
