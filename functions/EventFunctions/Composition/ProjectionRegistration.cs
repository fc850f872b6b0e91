using EventFunctions.EventSourcing;
using EventFunctions.Projections.Rebuild;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EventFunctions.Composition;

/// <summary>Registers what keeps, shows and rebuilds the views.</summary>
internal static class ProjectionRegistration
{
    public static IServiceCollection AddProjections(this IServiceCollection services)
    {
        services.AddSettings<ProjectionOptions>("Projections").Validate(
            o => o.SettleDelay > o.GenerationCacheTime, "'Projections:SettleDelay' must be longer than 'Projections:GenerationCacheTime'.");
        return services
            .AddSingleton<GenerationRegister>()
            .AddSingleton(p => new GenerationDirectory(
                p.GetRequiredService<GenerationRegister>(),
                p.GetRequiredService<TimeProvider>(),
                p.GetRequiredService<IOptions<ProjectionOptions>>().Value.GenerationCacheTime))
            .AddSingleton<ServingViews>()
            .AddSingleton<ServingViewQueries>()
            .AddSingleton<LiveProjections>()
            .AddSingleton<RangeReplay>()
            .AddSingleton<GenerationRepair>()
            .AddSingleton<GenerationComparer>()
            .AddSingleton<GenerationPurge>()
            .AddSingleton<RebuildStarter>()
            .AddSingleton<RebuildReader>();
    }
}
