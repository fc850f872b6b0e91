using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.Composition;

/// <summary>Registers the customers: their endpoints, views and onboarding.</summary>
internal static class CustomersRegistration
{
    public static IServiceCollection AddCustomers(this IServiceCollection services) => services;
}
