using EventFunctions.EventSourcing;
using EventFunctions.Integration.Contracts;
using EventFunctions.Marketing;
using EventFunctions.Tests.Integration;

namespace EventFunctions.Tests.Marketing;

/// <summary>Marketing on a store of its own.</summary>
internal sealed class MarketingWorld
{
    public const string Customer = "customer-1";

    public MarketingWorld(IViewStore? views = null, InMemoryViewStore? memory = null)
    {
        var store = memory ?? new InMemoryViewStore();
        var profiles = new ProfileStore(views ?? store, store);
        var products = new ProductStore(views ?? store);
        Events = new MarketingEvents(new ProfileCounting(profiles), profiles, products);
        Reader = new ProfileReader(profiles, products);
        Erasure = new MarketingErasure(profiles);
    }

    public MarketingEvents Events { get; }

    public ProfileReader Reader { get; }

    public MarketingErasure Erasure { get; }

    public static ShopOrderPlaced Placed(string order, int pieces = 1, string product = "mug", decimal price = 10) => new(
        order, Customer, [new ContractOrderLine(product, pieces, new ContractMoney(price, "EUR"))], new ContractMoney(pieces * price, "EUR"));

    public Task HandleAsync(IntegrationEvent data, long sequence, string subject) =>
        Events.HandleAsync(IntegrationSerializerTests.Envelope(data, sequence, subject), CancellationToken.None);

    public Task<MarketingProfileReport?> ProfileAsync() => Reader.FindAsync(Customer, null, CancellationToken.None);
}
