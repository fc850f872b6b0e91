using EventFunctions.Enrichment;
using EventFunctions.Payments;
using EventFunctions.Resilience;
using EventFunctions.Shipping;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EventFunctions.Composition;

/// <summary>Registers the clients of the outside services, each with its own pipeline.</summary>
internal static class PartnerRegistration
{
    public static IServiceCollection AddPartners(this IServiceCollection services)
    {
        services.AddProvider<PaymentsOptions>("Payments");
        services.AddProvider<CarrierOptions>("Carrier");
        services.AddTransient(p => new HttpPaymentProvider(p.GetRequiredService<IHttpClientFactory>().CreateClient("Payments")));
        services.AddTransient<IPaymentProvider>(p => p.GetRequiredService<HttpPaymentProvider>());
        services.AddTransient<IPaymentReversal>(p => p.GetRequiredService<HttpPaymentProvider>());
        services.AddTransient<ICarrier>(p => new HttpCarrier(p.GetRequiredService<IHttpClientFactory>().CreateClient("Carrier")));
        return services;
    }

    /// <summary>Registers an outside service's settings, client and pipeline, all under the service's name.</summary>
    public static OptionsBuilder<TOptions> AddProvider<TOptions>(this IServiceCollection services, string name)
        where TOptions : ProviderOptions
    {
        var options = services.AddSettings<TOptions>(name).Validate(
            o => o.BaseAddress is { IsAbsoluteUri: true } address && address.AbsoluteUri.EndsWith('/'),
            $"'{name}:BaseAddress' must be an absolute address that ends in a slash.");

        // One for all handlers, which come and go: the circuit breaker has to remember.
        services.AddKeyedSingleton(name, (p, _) =>
            ProviderPipeline.Create(p.GetRequiredService<IOptions<TOptions>>().Value, p.GetRequiredService<TimeProvider>()));
        services.AddHttpClient(name)
            .ConfigureHttpClient((p, client) =>
            {
                client.BaseAddress = p.GetRequiredService<IOptions<TOptions>>().Value.BaseAddress;
                client.Timeout = Timeout.InfiniteTimeSpan; // The pipeline limits each attempt.
            })
            .AddHttpMessageHandler(() => new CorrelationHeaderHandler())
            .AddHttpMessageHandler(p => new ResilienceHandler(
                p.GetRequiredKeyedService<Polly.ResiliencePipeline<HttpResponseMessage>>(name)));
        return options;
    }
}
