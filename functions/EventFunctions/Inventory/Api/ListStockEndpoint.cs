using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using EventFunctions.Inventory.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Inventory.Api;

/// <summary><c>GET /api/stock</c>: the stock of all products, by product, page by page.</summary>
/// <param name="stocks">Finds the views.</param>
public sealed class ListStockEndpoint(ServingViewQueries stocks)
{
    /// <summary>How many products a page holds unless the request tells.</summary>
    internal const int UsualPageSize = 20;

    private static readonly ViewQuery All = new(StockViewProjection.PartitionOf(), StockViewProjection.Kind)
    {
        SortedBy = new ViewField("productId"),
        Descending = false,
    };

    /// <summary>200 with a page, which is empty where nothing was ever stocked.</summary>
    [Function("ListStock")]
    [ApiQuery("pageSize", "How many products a page may hold, 1 to 100; 20 unless it is given.", Type = typeof(int))]
    [ApiQuery("continuation", "The continuation of the page before.")]
    [ApiAnswer(StatusCodes.Status200OK, typeof(StockPage))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "stock")] HttpRequest request, CancellationToken cancellationToken)
    {
        var page = await QueryPages.ReadAsync<StockView>(stocks, All, request, UsualPageSize, cancellationToken);
        return new ApiResult(StatusCodes.Status200OK, StockPage.Of(page));
    }
}

/// <summary>A page of stock levels.</summary>
/// <param name="Items">One of each product.</param>
/// <param name="Continuation">Asks for the next page; absent after the last.</param>
public sealed record StockPage(IReadOnlyList<StockView> Items, string? Continuation)
{
    /// <summary>The page of some views.</summary>
    public static StockPage Of(ViewPage<StockView> page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return new StockPage([.. page.Views.Select(v => v.View)], page.Continuation);
    }
}
