using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.Composition;

/// <summary>Registers the translators to integration events, and who consumes those.</summary>
internal static class IntegrationRegistration
{
    public static IServiceCollection AddIntegration(this IServiceCollection services) => services;
}
