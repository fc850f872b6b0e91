namespace EventFunctions.Marketing;

/// <summary>Shows profiles.</summary>
/// <param name="profiles">The profiles.</param>
/// <param name="products">What the products are.</param>
public sealed class ProfileReader(ProfileStore profiles, ProductStore products)
{
    /// <summary>How many favourites are shown; so many products are looked up.</summary>
    public const int FavouritesShown = 10;

    /// <summary>What is known of a customer; <see langword="null"/> where nothing is, or not any more.</summary>
    public async Task<MarketingProfileReport?> FindAsync(string customerId, string? tenant, CancellationToken cancellationToken)
    {
        if (await profiles.FindAsync(customerId, tenant, cancellationToken) is not { Current.View: { IsErased: false } profile }
            || !profile.SaysAnything())
        {
            return null;
        }

        var favourites = Most(profile.Products);
        var described = await Task.WhenAll(favourites.Select(f => products.FindAsync(f.Id, tenant, cancellationToken)));
        var categories = favourites.Zip(described).Where(f => f.Second is not null).GroupBy(f => f.Second!.Category, f => f.First.Pieces, StringComparer.Ordinal)
            .Select(g => KeyValuePair.Create(g.Key, g.Sum()));
        return new MarketingProfileReport(
            customerId,
            profile.Orders,
            profile.Cancelled,
            profile.LastOrderAt,
            [.. profile.Spent.Select(s => new Spending(s.Key, s.Value, SpendBands.Of(s.Value)))],
            favourites,
            Most(categories),
            profile.Tier?.Value,
            profile.MarketingConsent?.Value ?? false,
            profile.Account?.Value);
    }

    private static List<Favourite> Most(IEnumerable<KeyValuePair<string, int>> pieces) =>
    [
        .. pieces.OrderByDescending(p => p.Value).ThenBy(p => p.Key, StringComparer.Ordinal).Take(FavouritesShown)
            .Select(p => new Favourite(p.Key, p.Value)),
    ];
}
