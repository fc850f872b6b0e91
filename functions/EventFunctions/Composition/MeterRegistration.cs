using EventFunctions.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EventFunctions.Composition;

/// <summary>Registers the app's instruments. Without anybody who listens they cost next to nothing.</summary>
internal static class MeterRegistration
{
    public static IServiceCollection AddMeters(this IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddSingleton<StoreMetrics>();
        services.TryAddSingleton<RelayTelemetry>();
        services.TryAddSingleton<MessageMetrics>();
        services.TryAddSingleton<ProjectionMetrics>();
        services.TryAddSingleton<SagaTelemetry>();
        return services;
    }
}
