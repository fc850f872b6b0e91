using EventFunctions.Domain.Catalog;
using EventFunctions.Domain.Customers;
using EventFunctions.Domain.Inventory;
using EventFunctions.Domain.Notifications;
using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Payments;
using EventFunctions.Domain.Shipping;
using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Cosmos;
using Microsoft.Azure.Cosmos;
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
        services.TryAddSingleton<IEventStore>(p => new CosmosEventStore(
            ContainerOf(p, "events"), p.GetRequiredService<EventSerializer>(), p.GetRequiredService<TruncatedStreams>()));
        services.TryAddSingleton<IEventLookup>(p => new CosmosEventLookup(
            ContainerOf(p, "events"), p.GetRequiredService<EventSerializer>(), p.GetRequiredService<TruncatedStreams>()));
        services.TryAddSingleton<ITombstones>(p => new CosmosTombstones(ContainerOf(p, "events")));
        services.TryAddSingleton<IEventArchive>(p => new CosmosEventArchive(ContainerOf(p, "archive")));
        services.TryAddSingleton<TruncatedStreams>();
        services.TryAddSingleton<IStreamItems>(p => new CosmosStreamItems(ContainerOf(p, "events")));
        services.TryAddSingleton<IStreamDirectory>(p => new CosmosStreamDirectory(ContainerOf(p, "events")));
        services.TryAddSingleton<IEventQueries>(p => new CosmosEventQueries(
            ContainerOf(p, "events"), p.GetRequiredService<EventSerializer>(), p.GetRequiredService<EventTypeRegistry>()));
        services.TryAddSingleton<StreamPages>();
        services.TryAddSingleton(p => new PastReader(p.GetRequiredService<IEventStore>(), personalData: p.GetService<PersonalDataVault>()));
        services.TryAddSingleton<IViewStore>(p => new CosmosViewStore(ContainerOf(p, "views"), p.GetService<PersonalDataVault>()));
        services.TryAddSingleton<IViewQueries>(p => new CosmosViewQueries(ContainerOf(p, "views"), p.GetService<PersonalDataVault>()));
        services.TryAddSingleton<IStalledStreams>(p => new CosmosStalledStreams(ContainerOf(p, "views")));
        services.TryAddSingleton<IStalledStreamList>(p => new CosmosStalledStreamList(ContainerOf(p, "views")));
        services.TryAddSingleton<IEventBacklog>(p => new CosmosEventBacklog(ContainerOf(p, "events")));
        services.TryAddSingleton<IEventFeed>(p => new CosmosEventFeed(ContainerOf(p, "events"), p.GetRequiredService<EventSerializer>()));
        services.TryAddSingleton<IViewScan>(p => new CosmosViewScan(ContainerOf(p, "views"), p.GetService<PersonalDataVault>()));
        services.TryAddSingleton<IParkedEvents>(p => new CosmosParkedEvents(ContainerOf(p, "parked")));
        services.TryAddSingleton<IParkedEventList>(p => new CosmosParkedEventList(ContainerOf(p, "parked")));
        services.TryAddSingleton<IStoredDocuments>(p => new CosmosStoredDocuments(ContainerOf(p, "events")));
        services.TryAddSingleton<InboxOptions>();
        services.TryAddSingleton<IInbox>(p => new CosmosInbox(
            ContainerOf(p, "inbox"), p.GetRequiredService<InboxOptions>(), p.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(p => new CosmosReservations(ContainerOf(p, "keys"), p.GetRequiredService<TimeProvider>()));
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

        Container ContainerOf(IServiceProvider provider, string name)
        {
            var database = configuration[Connections.DatabaseSetting]
                ?? throw new InvalidOperationException(Connections.DatabaseRemedy);
            return provider.GetRequiredService<CosmosClient>().GetContainer(database, name);
        }
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
