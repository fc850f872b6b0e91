using EventFunctions.Integration;
using EventFunctions.Integration.Translators;
using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.Composition;

/// <summary>Registers the translators to integration events, and who consumes those.</summary>
internal static class IntegrationRegistration
{
    public static IServiceCollection AddIntegration(this IServiceCollection services) => services
        .AddSingleton<IntegrationContracts>()
        .AddSingleton<IntegrationSerializer>()
        .AddSingleton<IntegrationSubscription>()
        .AddSingleton<IntegrationTranslation>()
        .AddSingleton<IIntegrationTranslator, OrderingTranslator>()
        .AddSingleton<IIntegrationTranslator, PaymentsTranslator>()
        .AddSingleton<IIntegrationTranslator, InventoryTranslator>()
        .AddSingleton<IIntegrationTranslator, ShippingTranslator>()
        .AddSingleton<IIntegrationTranslator, CatalogTranslator>()
        .AddSingleton<IIntegrationTranslator, CustomersTranslator>()
        .AddMarketing()
        .AddWebhooks()
        .AddAuditTrail();
}
