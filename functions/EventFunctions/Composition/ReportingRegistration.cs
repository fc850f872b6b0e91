using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.Composition;

/// <summary>Registers the views that add up what happened in many streams.</summary>
internal static class ReportingRegistration
{
    public static IServiceCollection AddReporting(this IServiceCollection services) => services;
}
