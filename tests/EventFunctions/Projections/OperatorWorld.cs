using EventFunctions.Composition;
using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Views;
using EventFunctions.Publishing;
using EventFunctions.Tests.Http;
using EventFunctions.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using static EventFunctions.Tests.Publishing.EventSamples;

namespace EventFunctions.Tests.Projections;

/// <summary>The projections and everything that operators have for them, composed as in the app, on stores in memory.</summary>
internal sealed class OperatorWorld : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public OperatorWorld()
    {
        var configuration = new ConfigurationBuilder().Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton(Store).AddSingleton<IEventStore>(Store).AddSingleton<IEventLookup>(Store).AddSingleton<IEventBacklog>(new InMemoryEventBacklog(Store));
        services.AddSingleton<IViewStore>(Views);
        services.AddSingleton<IStalledStreams>(Stalled).AddSingleton<IStalledStreamList>(Stalled);
        services.AddSingleton<IParkedEvents>(Parked).AddSingleton<IParkedEventList>(Parked);
        services.AddSingleton<IStoredDocuments>(Documents);
        services.AddSingleton<IEventPublisher>(Publisher);
        services.AddSingleton<IProjection<OrderView>>(Projection);
        services.AddStores(configuration).AddOrdering().AddReporting().AddProjections().AddProjectionHealth().AddPublishing(configuration).AddHttpApi();
        _services = services.BuildServiceProvider();
    }

    public ManualTimeProvider Clock { get; } = new();

    public InMemoryEventStore Store { get; } = new(Serializer);

    public FailingViewStore Views { get; } = new();

    public InMemoryStalledStreams Stalled { get; } = new();

    public InMemoryParkedEvents Parked { get; } = new();

    public DocumentShelf Documents { get; } = new();

    public CountingPublisher Publisher { get; } = new();

    public PoisonableOrderView Projection { get; } = new();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Answers a request as an endpoint made from the composition does.</summary>
    public async Task<HttpCall> CallAsync<TEndpoint>(
        Func<TEndpoint, HttpRequest, Task<IResult>> run, string query = "", string? body = null)
        where TEndpoint : class
    {
        await using var scope = _services.CreateAsyncScope();
        var endpoint = ActivatorUtilities.CreateInstance<TEndpoint>(scope.ServiceProvider);
        var call = new HttpCall(body);
        call.Request.QueryString = new QueryString(query);
        return await call.AnswerAsync(r => run(endpoint, r));
    }

    /// <summary>Appends the whole life of an order, a second between its events, the first of which is now.</summary>
    public async Task<IReadOnlyList<EventEnvelope>> AppendOrderAsync(OrderId? orderId = null)
    {
        var id = orderId ?? new OrderId(Guid.NewGuid());
        var stream = Order.StreamOf(id);
        OrderEvent[] history =
        [
            Placed(id),
            new OrderConfirmed(id, new CustomerId("customer-1")),
            new OrderPaid(id, new CustomerId("customer-1"), new Money(10, new Currency("EUR"))),
            new OrderShipped(id, new CustomerId("customer-1"), "T1"),
            new OrderDelivered(id, new CustomerId("customer-1"), DateTimeOffset.UnixEpoch),
        ];
        var events = history.Select((e, i) => Envelope(e, stream, i + 1) with { Time = Clock.GetUtcNow().AddSeconds(i) }).ToList();
        Assert.IsType<AppendResult.Appended>(await Store.AppendAsync(new StreamAppend(stream, StreamHead.Absent, events, null, [])));
        return events;
    }

    public async Task DeliverAsync(params IEnumerable<EventEnvelope> events)
    {
        foreach (var envelope in events)
        {
            await Get<LiveProjections>().HandleAsync(OrderViewProjection.Kind, envelope);
        }
    }

    public async Task<OrderView?> ViewAsync(StreamName stream) =>
        (await Views.FindAsync<OrderView>(OrderViewProjection.KeyOf(OrderId.TryCreate(stream.Id, out var id) ? id : throw new FormatException())))?.Current.View;

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
