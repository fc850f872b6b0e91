using EventFunctions.EventSourcing;
using EventFunctions.Projections;
using EventFunctions.Projections.Health;
using EventFunctions.Projections.Stalled;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventFunctions.Composition;

/// <summary>Registers what watches over the projections, and what operators see of it.</summary>
internal static class ProjectionHealthRegistration
{
    public static IServiceCollection AddProjectionHealth(this IServiceCollection services)
    {
        services.AddSettings<ProjectionHealthOptions>("ProjectionHealth");
        return services
            .AddSingleton<ProjectionSet>()
            .AddSingleton<ProjectionActivity>()
            .AddSingleton<ProjectionSupervision>()
            .AddSingleton<ProjectionSubscription>()
            .AddSingleton<StalledStreamRetry>()
            .AddSingleton<StalledProjectionsRetry>()
            .AddSingleton<StalledStreamReader>()
            .AddSingleton<ProjectionProgressLog>()
            .AddSingleton(p => p.GetRequiredService<IOptions<ProjectionHealthOptions>>().Value.ToLimits())
            .AddSingleton<ProjectionHealthReader>()
            .AddHostedService(p => new ProgressFlush(
                p.GetServices<IProjectionDefinition>(),
                p.GetRequiredService<ProjectionActivity>(),
                p.GetRequiredService<ProjectionProgressLog>(),
                p.GetRequiredService<IOptions<ProjectionHealthOptions>>().Value.FlushInterval,
                p.GetRequiredService<TimeProvider>(),
                p.GetRequiredService<ILogger<ProgressFlush>>()));
    }
}
