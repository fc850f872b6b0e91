using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.Composition;

/// <summary>Registers what orders new stock from the supplier.</summary>
internal static class ReplenishmentRegistration
{
    public static IServiceCollection AddReplenishment(this IServiceCollection services) => services;
}
