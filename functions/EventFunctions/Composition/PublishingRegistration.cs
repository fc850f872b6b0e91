using EventFunctions.Enrichment;
using EventFunctions.Publishing;
using EventFunctions.Publishing.Parked;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EventFunctions.Composition;

/// <summary>Registers the way from the store to the bus and from the bus to the handlers.</summary>
internal static class PublishingRegistration
{
    public static IServiceCollection AddPublishing(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(_ => Connections.OpenServiceBus(configuration));
        services.TryAddSingleton<IEventPublisher, ServiceBusEventPublisher>();
        return services
            .AddSingleton<EventMessageMapper>()
            .AddSingleton<ChangeRelay>()
            .AddScoped<CurrentMessage>()
            .AddSingleton<EventSubscription>()
            .AddSingleton<IdempotentConsumer>()
            .AddSingleton<ParkedEventRetry>();
    }
}
