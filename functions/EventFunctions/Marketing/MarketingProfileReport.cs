namespace EventFunctions.Marketing;

/// <summary>What marketing is told of a customer.</summary>
/// <param name="CustomerId">The customer: a pseudonym.</param>
/// <param name="Orders">How many orders were placed, the cancelled ones included.</param>
/// <param name="Cancelled">How many of them were cancelled.</param>
/// <param name="LastOrderAt">When the newest order was placed, UTC.</param>
/// <param name="Spent">What was paid and not cancelled afterwards, one for each currency.</param>
/// <param name="FavouriteProducts">What was bought most, most first.</param>
/// <param name="FavouriteCategories">Where most of that belongs, most first; of products whose category is known.</param>
/// <param name="Tier">The customer's tier, where it is known.</param>
/// <param name="MarketingConsent">Whether advertising may be sent; nobody who did not say so wants any.</param>
/// <param name="Account">Whether the account can be used; absent for guests.</param>
public sealed record MarketingProfileReport(
    string CustomerId,
    int Orders,
    int Cancelled,
    DateTimeOffset? LastOrderAt,
    IReadOnlyList<Spending> Spent,
    IReadOnlyList<Favourite> FavouriteProducts,
    IReadOnlyList<Favourite> FavouriteCategories,
    string? Tier,
    bool MarketingConsent,
    AccountState? Account);

/// <summary>What was spent in one currency.</summary>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Amount">How much.</param>
/// <param name="Band">Roughly.</param>
public sealed record Spending(string Currency, decimal Amount, SpendBand Band);

/// <summary>A product or a category, and how many pieces were bought.</summary>
/// <param name="Id">The product's id, or the category.</param>
/// <param name="Pieces">How many.</param>
public sealed record Favourite(string Id, int Pieces);
