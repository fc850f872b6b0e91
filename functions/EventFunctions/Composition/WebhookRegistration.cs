using EventFunctions.EventSourcing.Cosmos;
using EventFunctions.Integration;
using EventFunctions.Webhooks;
using EventFunctions.Webhooks.Api;
using EventFunctions.Webhooks.Secrets;
using EventFunctions.Webhooks.Sending;
using EventFunctions.Webhooks.Storing;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EventFunctions.Composition;

/// <summary>Registers the webhooks: who gets integration events outside, and how.</summary>
internal static class WebhookRegistration
{
    private const string Client = "Webhooks";

    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddSettings<WebhookOptions>("Webhooks")
            .Validate(o => o.HasMasterKey(), $"'Webhooks:MasterKey' must be {AesGcmWebhookSecrets.KeyLength} bytes in Base64, e.g. of 'openssl rand -base64 32'.");
        services.TryAddSingleton(p => new StoredWebhooks(
            new CosmosViewStore(CosmosContainers.Of(p, "webhooks")), new CosmosViewScan(CosmosContainers.Of(p, "webhooks"))));
        services.TryAddSingleton<IWebhooks>(p => new AnnouncedWebhooks(p.GetRequiredService<StoredWebhooks>(), p.GetRequiredService<EnabledWebhooks>()));
        services.TryAddSingleton<IWebhookList>(p => p.GetRequiredService<StoredWebhooks>());
        services.TryAddSingleton<IWebhookDeliveries>(p => new StoredWebhookDeliveries(
            new CosmosViewStore(CosmosContainers.Of(p, "webhook-deliveries"))));
        services.TryAddSingleton<IWebhookSecrets>(p => new AesGcmWebhookSecrets(Convert.FromBase64String(Options(p).MasterKey!)));
        services.TryAddSingleton<IWebhookQueue, ServiceBusWebhookQueue>();
        services.AddSender();
        return services
            .AddSingleton(p => Options(p).ToRules())
            .AddSingleton<WebhookChanges>()
            .AddSingleton(p => new EnabledWebhooks(
                p.GetRequiredService<IWebhookList>(), p.GetRequiredService<TimeProvider>(), Options(p).ListCacheTime))
            .AddSingleton<WebhookFanOut>()
            .AddTransient<WebhookAttempts>()
            .AddTransient<WebhookVerification>()
            .AddSingleton<IValidator<RegisterWebhookRequest>>(p => new RegisterWebhookValidator(
                p.GetRequiredService<IntegrationContracts>(), Options(p).AllowPrivateAddresses));
    }

    private static void AddSender(this IServiceCollection services)
    {
        services.TryAddSingleton<IHostResolver, SystemHostResolver>();
        services.AddHttpClient(Client)
            .ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan) // The sender limits each attempt.
            .ConfigurePrimaryHttpMessageHandler(p => WebhookHttp.NewHandler(
                new GuardedConnection(p.GetRequiredService<IHostResolver>(), Options(p).AllowPrivateAddresses)));
        services.TryAddTransient<IWebhookSender>(p => new HttpWebhookSender(
            p.GetRequiredService<IHttpClientFactory>().CreateClient(Client),
            p.GetRequiredService<IWebhookSecrets>(),
            Options(p).AttemptTimeout,
            p.GetRequiredService<TimeProvider>()));
    }

    private static WebhookOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<WebhookOptions>>().Value;
}
