using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.Composition;

/// <summary>Registers the handlers that lead an order without an orchestrator.</summary>
internal static class ChoreographyRegistration
{
    public static IServiceCollection AddChoreography(this IServiceCollection services) => services;
}
