using EventFunctions.EventCatalog;
using EventFunctions.Health;
using EventFunctions.Http;
using EventFunctions.Inventory.Api;
using EventFunctions.Ordering.Api;
using EventFunctions.Publishing.Parked;
using EventFunctions.Shipping.Api;
using EventFunctions.Streams;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EventFunctions.Composition;

/// <summary>Registers what the endpoints need.</summary>
internal static class HttpRegistration
{
    public static IServiceCollection AddHttpApi(this IServiceCollection services) => services
        .AddScoped<RequestMetadata>()
        .AddSingleton<ApiRoutes>()
        .AddSingleton<HealthProbe>()
        .AddSingleton<PastOrder>()
        .AddSingleton<EventPageResult>()
        .AddSingleton<PublishedFiles>()
        .AddSingleton<IValidator<PlaceOrderRequest>, PlaceOrderValidator>()
        .AddSingleton<IValidator<CancelOrderRequest>, CancelOrderValidator>()
        .AddSingleton<IValidator<ReplenishRequest>, ReplenishValidator>()
        .AddSingleton<IValidator<DiscardRequest>, DiscardValidator>()
        .AddSingleton<IValidator<CarrierEventRequest>, CarrierEventValidator>()
        .AddSingleton(p => new CarrierSignature(
            p.GetRequiredService<IOptions<CarrierOptions>>().Value.WebhookSecret!, p.GetRequiredService<TimeProvider>()));
}
