using System.Globalization;
using System.Text.Json;
using EventFunctions.EventSourcing;
using EventFunctions.Integration.Contracts;
using EventFunctions.Marketing;
using EventFunctions.Tests.Http;
using static EventFunctions.Tests.Marketing.MarketingWorld;

namespace EventFunctions.Tests.Marketing;

public sealed class MarketingProfileTests
{
    /// <summary>Three orders, one of them cancelled after it was paid, and what the customer said and became.</summary>
    private static readonly (IntegrationEvent Data, long Sequence, string Subject)[] Story =
    [
        (Placed("1", pieces: 3), 1, "1"),
        (new ShopOrderPaid("1", Customer, new ContractMoney(30, "EUR")), 3, "1"),
        (new ShopOrderDelivered("1", Customer, DateTimeOffset.UnixEpoch), 5, "1"),
        (Placed("2", pieces: 50, product: "lamp"), 1, "2"),
        (new ShopOrderPaid("2", Customer, new ContractMoney(500, "EUR")), 3, "2"),
        (new ShopOrderCancelled("2", Customer, "not-shippable"), 4, "2"),
        (Placed("3", pieces: 1, product: "plate", price: 120), 1, "3"),
        (new ShopOrderPaid("3", Customer, new ContractMoney(120, "EUR")), 2, "3"),
        (new ShopProductDescribed("mug", "Mug", "kitchen", new ContractMoney(10, "EUR")), 1, "mug"),
        (new ShopProductDescribed("mug", "Mug", "tableware", new ContractMoney(10, "EUR")), 2, "mug"),
        (new ShopProductDescribed("plate", "Plate", "tableware", new ContractMoney(120, "EUR")), 1, "plate"),
        (new ShopCustomerRegistered(Customer), 1, Customer),
        (new ShopCustomerActivated(Customer), 2, Customer),
        (new ShopCustomerPreferencesUpdated(Customer, false), 3, Customer),
        (new ShopCustomerTierChanged(Customer, "silver"), 4, Customer),
        (new ShopCustomerPreferencesUpdated(Customer, true), 5, Customer),
        (new ShopCustomerTierChanged(Customer, "gold"), 6, Customer),
    ];

    [Fact]
    public async Task Given_orders_and_what_the_customer_said_then_the_profile_adds_up()
    {
        var world = new MarketingWorld();

        foreach (var (data, sequence, subject) in Story)
        {
            await world.HandleAsync(data, sequence, subject);
        }

        AssertTold(await world.ProfileAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Three_times_in_any_order_and_side_by_side_leads_to_the_same(int seed)
    {
        var world = new MarketingWorld();
        var deliveries = Enumerable.Repeat(Story, 3).SelectMany(s => s).ToArray();
        new Random(seed).Shuffle(deliveries);

        await Parallel.ForEachAsync(
            deliveries,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (d, _) => await world.HandleAsync(d.Data, d.Sequence, d.Subject));

        AssertTold(await world.ProfileAsync());
    }

    /// <summary>Before its write or after it, where nobody learns that it was written: the event comes again.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_before_or_after_the_write_counts_nothing_twice_and_loses_nothing(bool isWritten)
    {
        var memory = new InMemoryViewStore();
        var crashing = new CrashingViewStore(memory, isWritten);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => new MarketingWorld(crashing, memory).HandleAsync(Placed("1", pieces: 3), 1, "1"));

        var world = new MarketingWorld(memory: memory);
        await world.HandleAsync(new ShopOrderPaid("1", Customer, new ContractMoney(30, "EUR")), 2, "1");
        await world.HandleAsync(Placed("1", pieces: 3), 1, "1");

        var profile = await world.ProfileAsync();
        Assert.Equal((1, 0, 30m, 3), (profile!.Orders, profile.Cancelled, Assert.Single(profile.Spent).Amount, Assert.Single(profile.FavouriteProducts).Pieces));
    }

    [Fact]
    public async Task A_cancellation_that_comes_before_its_order_counts_when_the_order_comes()
    {
        var world = new MarketingWorld();

        await world.HandleAsync(new ShopOrderCancelled("1", Customer, "why"), 2, "1");
        var before = await world.ProfileAsync();
        await world.HandleAsync(Placed("1"), 1, "1");

        Assert.Null(before);
        Assert.Equal((1, 1), ((await world.ProfileAsync())!.Orders, (await world.ProfileAsync())!.Cancelled));
    }

    [Fact]
    public async Task Of_an_erased_customer_nothing_stays_and_nothing_is_added()
    {
        var memory = new InMemoryViewStore();
        var world = new MarketingWorld(memory: memory);
        await world.HandleAsync(Placed("1"), 1, "1");
        await world.HandleAsync(Placed("2"), 1, "2");
        await world.HandleAsync(new ShopCustomerTierChanged(Customer, "gold"), 4, Customer);

        var cleaned = await world.Erasure.EraseAsync(new DataSubjectId(Customer), CancellationToken.None);
        await world.HandleAsync(new ShopOrderPaid("1", Customer, new ContractMoney(10, "EUR")), 2, "1");
        await world.HandleAsync(new ShopCustomerTierChanged(Customer, "silver"), 5, Customer);

        Assert.Equal((3, 0), (cleaned, await world.Erasure.EraseAsync(new DataSubjectId(Customer), CancellationToken.None)));
        Assert.Null(await world.ProfileAsync());
        Assert.Empty((await memory.ScanAsync("marketing-order", 10)).Views);
        var kept = JsonSerializer.Serialize(Assert.Single((await memory.ScanAsync("marketing-profile", 10)).Views), EventJson.Options);
        Assert.DoesNotContain("gold", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("mug", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_event_of_an_erasure_erases_as_well()
    {
        var world = new MarketingWorld();
        await world.HandleAsync(Placed("1"), 1, "1");

        await world.HandleAsync(new ShopCustomerErased(Customer), 9, Customer);

        Assert.Null(await world.ProfileAsync());
    }

    [Fact]
    public async Task The_endpoint_answers_with_the_profile_or_404()
    {
        var world = new MarketingWorld();
        await world.HandleAsync(Placed("1"), 1, "1");
        var endpoint = new GetMarketingProfileEndpoint(world.Reader);

        var found = await new HttpCall().AnswerAsync(r => endpoint.RunAsync(r, Customer, CancellationToken.None));
        var unknown = await new HttpCall().AnswerAsync(r => endpoint.RunAsync(r, "nobody", CancellationToken.None));
        var impossible = await new HttpCall().AnswerAsync(r => endpoint.RunAsync(r, "a/b#c", CancellationToken.None));

        Assert.Equal((200, 1), (found.Response.StatusCode, found.Json.GetProperty("orders").GetInt32()));
        Assert.Equal((404, "profile-not-found"), (unknown.Response.StatusCode, unknown.Json.GetProperty("code").GetString()));
        Assert.Equal(404, impossible.Response.StatusCode);
    }

    [Theory]
    [InlineData("0", SpendBand.None)]
    [InlineData("0.01", SpendBand.Low)]
    [InlineData("99.99", SpendBand.Low)]
    [InlineData("100", SpendBand.Medium)]
    [InlineData("1000", SpendBand.High)]
    public void A_band_begins_where_it_says(string amount, SpendBand band) =>
        Assert.Equal(band, SpendBands.Of(decimal.Parse(amount, CultureInfo.InvariantCulture)));

    [Fact]
    public void Products_beyond_the_limit_are_those_bought_least()
    {
        var profile = new MarketingProfile(Customer);
        for (var i = 1; i <= MarketingProfile.ProductsKept + 5; i++)
        {
            var line = new ContractOrderLine($"p{i}", i, new ContractMoney(1, "EUR"));
            profile = profile.Recounted(new KnownOrder($"{i}") { PlacedAt = DateTimeOffset.UnixEpoch, Lines = [line] }, OrderStage.Unknown, OrderStage.Placed);
        }

        Assert.Equal(MarketingProfile.ProductsKept, profile.Products.Count);
        Assert.Equal(6, profile.Products.Values.Min());
    }

    private static void AssertTold(MarketingProfileReport? profile)
    {
        Assert.NotNull(profile);
        Assert.Equal((3, 1, "gold", true, AccountState.Active), (profile.Orders, profile.Cancelled, profile.Tier, profile.MarketingConsent, profile.Account));
        Assert.Equal([new Spending("EUR", 150, SpendBand.Medium)], profile.Spent);
        Assert.Equal([new Favourite("mug", 3), new Favourite("plate", 1)], profile.FavouriteProducts);
        Assert.Equal([new Favourite("tableware", 4)], profile.FavouriteCategories);
    }
}
