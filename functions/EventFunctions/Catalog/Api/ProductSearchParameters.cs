using EventFunctions.Catalog.Views;
using EventFunctions.Domain;
using EventFunctions.Domain.Catalog;
using EventFunctions.Http;
using Microsoft.AspNetCore.Http;

namespace EventFunctions.Catalog.Api;

/// <summary>A search as its address tells it.</summary>
internal static class ProductSearchParameters
{
    public const string Text = "text";
    public const string Category = "category";
    public const string Status = "status";
    public const string Currency = "currency";
    public const string MinPrice = "minPrice";
    public const string MaxPrice = "maxPrice";
    public const string Sort = "sort";
    public const string Order = "order";

    /// <summary>The search that a request asks for.</summary>
    /// <exception cref="ProblemException">400: a parameter is not what it must be.</exception>
    public static ProductSearch Read(HttpRequest request)
    {
        var order = QueryParameters.OneOf(request, Sort, ("newest", ProductOrder.Newest), ("name", ProductOrder.Name), ("price", ProductOrder.Price));
        var search = new ProductSearch
        {
            Words = WordsOf(QueryParameters.Text(request, Text)),
            Shelf = QueryParameters.Text(request, Category) is { } slug ? ReadCategory(slug) : null,
            Statuses = QueryParameters.OneOf<IReadOnlyList<ProductStatus>>(
                request,
                Status,
                ("active", [ProductStatus.Active]),
                ("draft", [ProductStatus.Draft]),
                ("inactive", [ProductStatus.Inactive]),
                ("any", [ProductStatus.Active, ProductStatus.Draft, ProductStatus.Inactive])),
            PricedIn = QueryParameters.Text(request, Currency) is { } code ? ReadCurrency(code) : null,
            MinPrice = QueryParameters.Amount(request, MinPrice, Money.MaxAmount),
            MaxPrice = QueryParameters.Amount(request, MaxPrice, Money.MaxAmount),
            Order = order,
            Descending = order == ProductOrder.Newest
                ? QueryParameters.OneOf(request, Order, ("desc", true), ("asc", false))
                : QueryParameters.OneOf(request, Order, ("asc", false), ("desc", true)),
        };

        // Amounts of different currencies are not comparable.
        return search.PricedIn is null && (search.MinPrice is not null || search.MaxPrice is not null || order == ProductOrder.Price)
            ? throw Invalid(Currency, "Must be given with a price range, and to sort by price.")
            : search;
    }

    private static string[] WordsOf(string? text)
    {
        var words = text?.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries) ?? [];
        return text?.Length > ProductSearch.MaxTextLength || words.Length > ProductSearch.MaxWords
            ? throw Invalid(Text, $"Must have at most {ProductSearch.MaxTextLength} characters and {ProductSearch.MaxWords} words.")
            : words;
    }

    private static ProductCategory ReadCategory(string slug) => ProductCategory.TryCreate(slug, out var category)
        ? category
        : throw Invalid(Category, $"Must have 1 to {ProductCategory.MaxLength} lower-case letters and digits, words joined by hyphens.");

    private static Currency ReadCurrency(string code) => Domain.Currency.TryCreate(code, out var currency)
        ? currency
        : throw Invalid(Currency, "Must be a known ISO 4217 code, e.g. EUR.");

    private static ProblemException Invalid(string name, string message) => new(Problem.Invalid(name, message));
}
