using EventFunctions.Domain.Catalog;
using EventFunctions.Domain.Customers;
using EventFunctions.Domain.Inventory;
using EventFunctions.Domain.Notifications;
using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Payments;
using EventFunctions.Domain.Shipping;
using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Cosmos;
using EventFunctions.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EventFunctions.Composition;

/// <summary>Registers the event store, the view store, the inbox and the aggregates' repositories.</summary>
internal static class StoreRegistration
{
    public static IServiceCollection AddStores(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(EventTypeRegistry.FromAssemblies(typeof(Order).Assembly));
        services.TryAddSingleton<EventSerializer>();
        services.TryAddSingleton<EventValidator>();
        services.TryAddSingleton(_ => Connections.OpenCosmos(configuration));
        services.AddMeters();
        services.TryAddSingleton<IEventStore>(p => new MeteredEventStore(
            new CosmosEventStore(CosmosContainers.Of(p, "events"), p.GetRequiredService<EventSerializer>(), p.GetRequiredService<TruncatedStreams>()),
            p.GetRequiredService<StoreMetrics>()));
        services.TryAddSingleton<IEventLookup>(p => new CosmosEventLookup(
            CosmosContainers.Of(p, "events"), p.GetRequiredService<EventSerializer>(), p.GetRequiredService<TruncatedStreams>()));
        services.TryAddSingleton<ITombstones>(p => new CosmosTombstones(CosmosContainers.Of(p, "events")));
        services.TryAddSingleton<IEventArchive>(p => new CosmosEventArchive(CosmosContainers.Of(p, "archive")));
        services.TryAddSingleton<TruncatedStreams>();
        services.TryAddSingleton<IStreamItems>(p => new CosmosStreamItems(CosmosContainers.Of(p, "events")));
        services.TryAddSingleton<IStreamDirectory>(p => new CosmosStreamDirectory(CosmosContainers.Of(p, "events")));
        services.TryAddSingleton<IEventQueries>(p => new CosmosEventQueries(
            CosmosContainers.Of(p, "events"), p.GetRequiredService<EventSerializer>(), p.GetRequiredService<EventTypeRegistry>()));
        services.TryAddSingleton<StreamPages>();
        services.TryAddSingleton(p => new PastReader(p.GetRequiredService<IEventStore>(), personalData: p.GetService<PersonalDataVault>()));
        services.TryAddSingleton<IViewStore>(p => new CosmosViewStore(CosmosContainers.Of(p, "views"), p.GetService<PersonalDataVault>()));
        services.TryAddSingleton<IViewQueries>(p => new CosmosViewQueries(CosmosContainers.Of(p, "views"), p.GetService<PersonalDataVault>()));
        services.TryAddSingleton<IStalledStreams>(p => new CosmosStalledStreams(CosmosContainers.Of(p, "views")));
        services.TryAddSingleton<IStalledStreamList>(p => new CosmosStalledStreamList(CosmosContainers.Of(p, "views")));
        services.TryAddSingleton<IEventBacklog>(p => new CosmosEventBacklog(CosmosContainers.Of(p, "events")));
        services.TryAddSingleton<IEventFeed>(p => new CosmosEventFeed(CosmosContainers.Of(p, "events"), p.GetRequiredService<EventSerializer>()));
        services.TryAddSingleton<IViewScan>(p => new CosmosViewScan(CosmosContainers.Of(p, "views"), p.GetService<PersonalDataVault>()));
        services.TryAddSingleton<IParkedEvents>(p => new CosmosParkedEvents(CosmosContainers.Of(p, "parked")));
        services.TryAddSingleton<IParkedEventList>(p => new CosmosParkedEventList(CosmosContainers.Of(p, "parked")));
        services.TryAddSingleton<IStoredDocuments>(p => new CosmosStoredDocuments(CosmosContainers.Of(p, "events")));
        services.TryAddSingleton<InboxOptions>();
        services.TryAddSingleton<IInbox>(p => new CosmosInbox(
            CosmosContainers.Of(p, "inbox"), p.GetRequiredService<InboxOptions>(), p.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(p => new CosmosReservations(CosmosContainers.Of(p, "keys"), p.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IReservations>(p => p.GetRequiredService<CosmosReservations>());
        services.TryAddSingleton<IReservationLookup>(p => p.GetRequiredService<CosmosReservations>());
        services.TryAddSingleton<AggregateRepositoryOptions>();
        return services
            .AddAggregate<Order, OrderEvent>()
            .AddAggregate<StockItem, StockItemEvent>()
            .AddAggregate<Payment, PaymentEvent>()
            .AddAggregate<Shipment, ShipmentEvent>()
            .AddAggregate<Product, ProductEvent>()
            .AddAggregate<Customer, CustomerEvent>()
            .AddAggregate<Notification, NotificationEvent>();
    }

    private static IServiceCollection AddAggregate<TState, TEvent>(this IServiceCollection services)
        where TState : class, IAggregate<TState, TEvent>
        where TEvent : class, IDomainEvent
    {
        services.TryAddSingleton<IAggregateRepository<TState, TEvent>>(p => new AggregateRepository<TState, TEvent>(
            p.GetRequiredService<IEventStore>(),
            p.GetRequiredService<EventTypeRegistry>(),
            p.GetRequiredService<AggregateRepositoryOptions>(),
            p.GetRequiredService<TimeProvider>(),
            personalData: p.GetService<PersonalDataVault>()));
        return services.AddSingleton<ISnapshotCheck, SnapshotCheck<TState, TEvent>>();
    }
}
