using EventFunctions.Local.Host.Demo.Checking;
using EventFunctions.Local.Host.Demo.Shop;

namespace EventFunctions.Local.Host.Demo.Scenarios;

/// <summary>What a scenario works with and leaves behind.</summary>
/// <param name="shop">The app.</param>
/// <param name="books">The payment provider's books.</param>
/// <param name="runId">Sets the names of this run apart from those of other runs.</param>
/// <param name="patience">How long the scenario may wait, all its waits together.</param>
/// <param name="report">Told how far the scenario is: done, of how many.</param>
internal sealed class ScenarioRun(ShopClient shop, PartnerBooks books, string runId, TimeSpan patience, Action<int, int> report)
{
    private static readonly TimeSpan PollPause = TimeSpan.FromMilliseconds(50);
    private readonly List<OrderStory> _stories = [];
    private readonly long _began = TimeProvider.System.GetTimestamp();

    /// <summary>The app.</summary>
    public ShopClient Shop => shop;

    /// <summary>The payment provider's books.</summary>
    public PartnerBooks Books => books;

    /// <summary>What was checked.</summary>
    public CheckList Checks { get; } = new();

    /// <summary>The orders to show.</summary>
    public IReadOnlyList<OrderStory> Stories => _stories;

    /// <summary>A name that no other run uses.</summary>
    public string Name(string what) => $"{what}-{runId}";

    /// <summary>Adds an order to those that are shown.</summary>
    public void Show(OrderStory story) => _stories.Add(story);

    /// <summary>Tells how far the scenario is.</summary>
    public void Report(int done, int total) => report(done, total);

    /// <summary>Looks again and again until what is seen will do, or patience ends.</summary>
    /// <returns>What was seen last, whether it will do or not: a check then shows what is wrong with it.</returns>
    public async Task<T> SeeAsync<T>(
        Func<CancellationToken, Task<T>> look, Func<T, bool> willDo, CancellationToken cancellationToken, TimeSpan? pause = null)
    {
        var seen = await look(cancellationToken);
        while (!willDo(seen) && TimeProvider.System.GetElapsedTime(_began) < patience)
        {
            await Task.Delay(pause ?? PollPause, cancellationToken);
            seen = await look(cancellationToken);
        }

        return seen;
    }

    /// <summary>Puts a new product on sale and on stock.</summary>
    /// <returns>The product's id.</returns>
    public async Task<string> StockUpAsync(
        string product, int quantity, decimal price, CancellationToken cancellationToken, string currency = "EUR")
    {
        var productId = Name(product);
        var offered = await shop.OfferAsync(productId, price, currency, cancellationToken);
        Checks.Equal($"{product}: status in the catalog", "Active", offered.Expect($"Offering {productId}").Status);
        var reply = await shop.ReplenishAsync(productId, quantity, cancellationToken);
        Checks.Equal($"{product}: on hand after replenishment", quantity, reply.Expect($"Replenishing {productId}").OnHand);
        return productId;
    }
}
