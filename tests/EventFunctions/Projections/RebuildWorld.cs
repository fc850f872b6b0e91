using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Views;
using EventFunctions.Projections.Rebuild;
using EventFunctions.Tests.Http;
using EventFunctions.Tests.Saga;
using EventFunctions.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using static EventFunctions.Tests.Publishing.EventSamples;

namespace EventFunctions.Tests.Projections;

/// <summary>Orders with their views, and rebuilds on the real engine, steered over HTTP.</summary>
internal sealed class RebuildWorld : IAsyncDisposable
{
    public const string Order = OrderViewProjection.Kind;

    private static readonly Dictionary<string, string?> Quick = new()
    {
        ["Projections:GenerationCacheTime"] = "00:00:00",
        ["Projections:SettleDelay"] = "00:00:00.001",
        ["Projections:RetryDelay"] = "00:00:00.001",
    };

    public RebuildWorld(Dictionary<string, string?>? settings = null, Action<IServiceCollection>? before = null) => World = new SagaWorld(
        settings: Quick.Concat(settings ?? []).ToDictionary(),
        before: services =>
        {
            services.AddSingleton<TappedStores>();
            services.AddSingleton<IViewStore>(p => p.GetRequiredService<TappedStores>());
            services.AddSingleton<IViewScan>(p => p.GetRequiredService<TappedStores>());
            services.AddSingleton<IEventFeed>(p => p.GetRequiredService<TappedStores>());
            before?.Invoke(services);
        });

    public SagaWorld World { get; }

    public TappedStores Stores => World.Get<TappedStores>();

    public GenerationRegister Register => World.Get<GenerationRegister>();

    public InMemoryViewStore Views => World.Get<InMemoryViewStore>();

    public ValueTask DisposeAsync() => World.DisposeAsync();

    /// <summary>Appends an order's history and applies it to the live projection, as the bus would.</summary>
    public async Task<OrderId> AddOrderAsync(int events = 5, bool isHandled = true, OrderId? orderId = null)
    {
        var id = orderId ?? new OrderId(Guid.NewGuid());
        var stream = EventFunctions.Domain.Ordering.Order.StreamOf(id);
        var history = HistoryOf(id).Take(events).Select((data, i) => Envelope(data, stream, i + 1)).ToList();
        await World.Get<IEventStore>().AppendAsync(new StreamAppend(stream, StreamHead.Absent, history, null, []));
        foreach (var envelope in isHandled ? history : [])
        {
            await HandleAsync(envelope);
        }

        return id;
    }

    /// <summary>Appends an order's next event and applies it to the live projection.</summary>
    public async Task ConfirmAsync(OrderId id)
    {
        var stream = EventFunctions.Domain.Ordering.Order.StreamOf(id);
        var head = await World.Get<IEventStore>().LoadHeadAsync(stream);
        var next = Envelope(HistoryOf(id)[(int)head.Version], stream, head.Version + 1);
        await World.Get<IEventStore>().AppendAsync(new StreamAppend(stream, head, [next], null, []));
        await HandleAsync(next);
    }

    public Task<ProjectionOutcome> HandleAsync(EventEnvelope envelope) => World.Get<LiveProjections>().HandleAsync(Order, envelope);

    public Task<HttpCall> StartAsync(string projection = Order, string? body = null) => new HttpCall(body).AnswerAsync(
        r => new StartRebuildEndpoint(World.Get<ProjectionSet>(), World.Get<RebuildStarter>()).RunAsync(r, World.Client, projection, default));

    public Task<HttpCall> GetAsync(string projection = Order) => new HttpCall().AnswerAsync(
        r => new GetRebuildEndpoint(World.Get<RebuildReader>()).RunAsync(r, World.Client, projection, default));

    public Task<HttpCall> TellAsync(string command, string projection = Order) => new HttpCall().AnswerAsync(
        r => new SteerRebuildEndpoint(World.Get<RebuildReader>()).RunAsync(r, World.Client, projection, command, default));

    /// <summary>Waits until the rebuild is in a phase.</summary>
    public async Task<RebuildReport> ReachesAsync(string phase, string projection = Order) => await Eventually.FindsAsync(
        async () => await ReportAsync(projection) is var report && report.Phase == phase ? report : null, $"the rebuild is in phase {phase}");

    public Task<RebuildReport> ReportAsync(string projection = Order) => World.Get<RebuildReader>().ReadAsync(World.Client, projection, default);

    /// <summary>The order as a reader sees it now.</summary>
    public async Task<OrderView?> ShownAsync(OrderId id) =>
        (await (await World.Get<ServingViews>().OfAsync(Order)).FindAsync<OrderView>(OrderViewProjection.KeyOf(id)))?.Current.View;

    /// <summary>What happens to an order, as far as the tests care.</summary>
    public static IReadOnlyList<OrderEvent> HistoryOf(OrderId id)
    {
        var customer = new CustomerId("customer-1");
        return
        [
            Placed(id), new OrderConfirmed(id, customer), new OrderPaid(id, customer, new Money(10, new Currency("EUR"))),
            new OrderShipped(id, customer, "T1"), new OrderDelivered(id, customer, DateTimeOffset.UnixEpoch),
        ];
    }

    /// <summary>Every view of a generation.</summary>
    public async Task<ViewDigest> DigestAsync(int generation, string projection = Order)
    {
        var page = await Views.ScanAsync(GenerationViewStore.KindOf(projection, generation), ScannedPage.MaxSize);
        Assert.Null(page.Continuation);
        return ViewDigest.Empty.Add([.. page.Views.Select(v => v with { Key = GenerationViewStore.OriginalOf(v.Key, generation) })]);
    }
}
