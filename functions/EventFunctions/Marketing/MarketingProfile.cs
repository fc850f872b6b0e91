using System.Collections.Immutable;

namespace EventFunctions.Marketing;

/// <summary>What marketing knows of a customer. Every change is a pure function.</summary>
/// <param name="CustomerId">The customer: a pseudonym.</param>
public sealed record MarketingProfile(string CustomerId)
{
    /// <summary>How many products are counted, those bought most; a product that was dropped begins anew.</summary>
    public const int ProductsKept = 100;

    /// <summary>How many orders were placed, the cancelled ones included.</summary>
    public int Orders { get; init; }

    /// <summary>How many of them were cancelled.</summary>
    public int Cancelled { get; init; }

    /// <summary>What was paid and not cancelled afterwards, by ISO 4217 code.</summary>
    public ImmutableSortedDictionary<string, decimal> Spent { get; init => field = value.WithComparers(StringComparer.Ordinal); }
        = ImmutableSortedDictionary.Create<string, decimal>(StringComparer.Ordinal);

    /// <summary>How many pieces of which product were ordered and not cancelled.</summary>
    public ImmutableSortedDictionary<string, int> Products { get; init => field = value.WithComparers(StringComparer.Ordinal); }
        = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>When the newest order was placed, UTC.</summary>
    public DateTimeOffset? LastOrderAt { get; init; }

    /// <summary>The customer's tier.</summary>
    public Latest<string>? Tier { get; init; }

    /// <summary>Whether the customer wants to be sent advertising; nobody who did not say so does.</summary>
    public Latest<bool>? MarketingConsent { get; init; }

    /// <summary>Whether the account can be used.</summary>
    public Latest<AccountState>? Account { get; init; }

    /// <summary>Whether the customer is erased: then nothing else is kept, and nothing is added.</summary>
    public bool IsErased { get; init; }

    /// <summary>Whether it says anything: not where all that is known is of an order that is not placed as far as one knows.</summary>
    public bool SaysAnything() => Orders > 0 || Tier is not null || MarketingConsent is not null || Account is not null;

    /// <summary>What stays of an erased customer: that nothing is to be kept.</summary>
    public MarketingProfile Erased() => new(CustomerId) { IsErased = true };

    /// <summary>Counts an order in another way than before.</summary>
    public MarketingProfile Recounted(KnownOrder order, OrderStage before, OrderStage after)
    {
        ArgumentNullException.ThrowIfNull(order);
        return Counted(order, before, -1).Counted(order, after, +1) with
        {
            LastOrderAt = order.PlacedAt > LastOrderAt || LastOrderAt is null ? order.PlacedAt : LastOrderAt,
        };
    }

    private MarketingProfile Counted(KnownOrder order, OrderStage stage, int sign) => this with
    {
        Orders = Orders + (stage == OrderStage.Unknown ? 0 : sign),
        Cancelled = Cancelled + (stage == OrderStage.Cancelled ? sign : 0),
        Spent = stage == OrderStage.Paid && order.Total is { } total ? Added(Spent, total.Currency, sign * total.Amount) : Spent,
        Products = stage is OrderStage.Placed or OrderStage.Paid ? Kept(order.Lines.Aggregate(Products, (all, l) => Added(all, l.ProductId, sign * l.Quantity))) : Products,
    };

    private static ImmutableSortedDictionary<string, decimal> Added(ImmutableSortedDictionary<string, decimal> sums, string key, decimal amount) =>
        sums.GetValueOrDefault(key) + amount is > 0 and var sum ? sums.SetItem(key, sum) : sums.Remove(key);

    private static ImmutableSortedDictionary<string, int> Added(ImmutableSortedDictionary<string, int> sums, string key, int pieces) =>
        sums.GetValueOrDefault(key) + pieces is > 0 and var sum ? sums.SetItem(key, sum) : sums.Remove(key);

    private static ImmutableSortedDictionary<string, int> Kept(ImmutableSortedDictionary<string, int> products) => products.Count <= ProductsKept
        ? products
        : products.OrderByDescending(p => p.Value).ThenBy(p => p.Key, StringComparer.Ordinal).Take(ProductsKept)
            .ToImmutableSortedDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);
}

/// <summary>The newest of several things that were said one after the other, in whichever order they arrive.</summary>
/// <param name="Value">What was said last.</param>
/// <param name="Sequence">Where it stands in the sequence.</param>
/// <typeparam name="T">The value's type.</typeparam>
public sealed record Latest<T>(T Value, long Sequence)
{
    /// <summary>The newer of what is known and what arrives.</summary>
    public static Latest<T> Of(Latest<T>? known, T value, long sequence) => known is not null && known.Sequence >= sequence ? known : new Latest<T>(value, sequence);
}

/// <summary>Whether an account can be used.</summary>
public enum AccountState
{
    /// <summary>It is opened, and not verified yet.</summary>
    Registered,

    /// <summary>It can.</summary>
    Active,

    /// <summary>It is closed.</summary>
    Closed,
}
