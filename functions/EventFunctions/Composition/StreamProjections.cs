using EventFunctions.EventSourcing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EventFunctions.Composition;

/// <summary>Registers projections.</summary>
internal static class StreamProjections
{
    /// <summary>Registers a projection that keeps one view for each stream of a category.</summary>
    public static IServiceCollection AddProjection<TProjection, TView>(this IServiceCollection services, string category)
        where TProjection : class, IProjection<TView>
        where TView : class
    {
        services.TryAddSingleton<IProjection<TView>, TProjection>();
        return services.AddSingleton<IProjectionDefinition>(p => new StreamProjectionDefinition<TView>(
            p.GetRequiredService<IProjection<TView>>(), category, p.GetRequiredService<IEventStore>()));
    }
}
