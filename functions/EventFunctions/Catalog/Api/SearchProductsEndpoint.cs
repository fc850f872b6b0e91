using EventFunctions.Catalog.Views;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Catalog.Api;

/// <summary><c>GET /api/products</c>: searches the catalog, page by page.</summary>
/// <param name="products">Finds the products.</param>
public sealed class SearchProductsEndpoint(ServingViewQueries products)
{
    private const int UsualPageSize = 20;

    /// <summary>200 with a page, which is empty where nothing is found.</summary>
    [Function("SearchProducts")]
    [ApiQuery(ProductSearchParameters.Text, "Words, each of which is somewhere in the name, the SKU or the description, in any case.")]
    [ApiQuery(ProductSearchParameters.Category, "The category's slug.")]
    [ApiQuery(
        ProductSearchParameters.Status,
        "Only products of that status; 'any' is all but deleted ones. Active ones unless it is given.",
        OneOf = ["active", "draft", "inactive", "any"])]
    [ApiQuery(ProductSearchParameters.Currency, "Only products priced in it, an ISO 4217 code; has to be given with a price range, and to sort by price.")]
    [ApiQuery(ProductSearchParameters.MinPrice, "The least price.", Type = typeof(decimal))]
    [ApiQuery(ProductSearchParameters.MaxPrice, "The highest price.", Type = typeof(decimal))]
    [ApiQuery(ProductSearchParameters.Sort, "What the products are sorted by; the newest first unless it is given.", OneOf = ["newest", "name", "price"])]
    [ApiQuery(ProductSearchParameters.Order, "Rising or falling; the newest comes first, and the first in the alphabet and the cheapest, unless it is given.", OneOf = ["asc", "desc"])]
    [ApiQuery("pageSize", "How many products a page may hold, 1 to 100; 20 unless it is given.", Type = typeof(int))]
    [ApiQuery("continuation", "The continuation of the page before, to the same search.")]
    [ApiAnswer(StatusCodes.Status200OK, typeof(ProductsPage))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "products")] HttpRequest request, CancellationToken cancellationToken)
    {
        var search = ProductSearchParameters.Read(request);
        var page = await QueryPages.ReadAsync<ProductEntry>(products, search.ToQuery(), request, UsualPageSize, cancellationToken);
        return new ApiResult(StatusCodes.Status200OK, new ProductsPage([.. page.Views.Select(v => v.View.Product)], page.Continuation));
    }
}

/// <summary>A page of products.</summary>
/// <param name="Items">The products, in the order that was asked for.</param>
/// <param name="Continuation">Asks for the next page; absent after the last.</param>
public sealed record ProductsPage(IReadOnlyList<ProductView> Items, string? Continuation);
