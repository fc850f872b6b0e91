using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.Composition;

/// <summary>Registers the catalog: its endpoints, its views and what other contexts ask it.</summary>
internal static class CatalogRegistration
{
    public static IServiceCollection AddCatalog(this IServiceCollection services) => services;
}
