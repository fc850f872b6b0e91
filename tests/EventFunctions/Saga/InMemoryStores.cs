using EventFunctions.EventSourcing;
using EventFunctions.Webhooks.Storing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EventFunctions.Tests.Saga;

/// <summary>Registers every store in memory, where no other is registered.</summary>
internal static class InMemoryStores
{
    public static void AddInMemoryStores(this IServiceCollection services)
    {
        services.TryAddSingleton<InMemoryEventStore>();
        services.TryAddSingleton<IEventStore>(provider => provider.GetRequiredService<InMemoryEventStore>());
        services.TryAddSingleton<IEventLookup>(provider => provider.GetRequiredService<InMemoryEventStore>());
        services.TryAddSingleton<IEventQueries, InMemoryEventQueries>();
        services.TryAddSingleton<IEventFeed>(provider => provider.GetRequiredService<InMemoryEventStore>());
        services.TryAddSingleton<InMemoryViewStore>();
        services.TryAddSingleton<IViewStore>(provider => provider.GetRequiredService<InMemoryViewStore>());
        services.TryAddSingleton<IViewQueries>(provider => provider.GetRequiredService<InMemoryViewStore>());
        services.TryAddSingleton<IViewScan>(provider => provider.GetRequiredService<InMemoryViewStore>());
        services.TryAddSingleton<IStalledStreams, InMemoryStalledStreams>();
        services.TryAddSingleton<IInbox, InMemoryInbox>();
        services.TryAddSingleton<IAuditTrail, InMemoryAuditTrail>();
        var webhooks = new InMemoryViewStore();
        services.TryAddSingleton(new StoredWebhooks(webhooks, webhooks));
        services.TryAddSingleton<IWebhookDeliveries>(new StoredWebhookDeliveries(new InMemoryViewStore()));
        services.TryAddSingleton<InMemoryReservations>();
        services.TryAddSingleton<IReservations>(provider => provider.GetRequiredService<InMemoryReservations>());
        services.TryAddSingleton<IReservationLookup>(provider => provider.GetRequiredService<InMemoryReservations>());
    }
}
