using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using EventFunctions.Inventory.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Inventory.Api;

/// <summary><c>GET /api/stock/low</c>: the products of which fewer can be sold than their threshold asks for, the fewest first, page by page.</summary>
/// <param name="stocks">Finds the views.</param>
public sealed class ListLowStockEndpoint(ServingViewQueries stocks)
{
    private static readonly ViewQuery Low = new(StockViewProjection.PartitionOf(), StockViewProjection.Kind)
    {
        Conditions = [new ViewCondition.IsTrue(new ViewField("isLow"))],
        SortedBy = new ViewField("available"),
        Descending = false,
    };

    /// <summary>200 with a page, which is empty where no stock is low.</summary>
    [Function("ListLowStock")]
    [ApiQuery("pageSize", "How many products a page may hold, 1 to 100; 20 unless it is given.", Type = typeof(int))]
    [ApiQuery("continuation", "The continuation of the page before.")]
    [ApiAnswer(StatusCodes.Status200OK, typeof(StockPage))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "stock/low")] HttpRequest request, CancellationToken cancellationToken)
    {
        var page = await QueryPages.ReadAsync<StockView>(stocks, Low, request, ListStockEndpoint.UsualPageSize, cancellationToken);
        return new ApiResult(StatusCodes.Status200OK, StockPage.Of(page));
    }
}
