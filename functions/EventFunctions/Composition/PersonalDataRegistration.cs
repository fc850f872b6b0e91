using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.Composition;

/// <summary>Registers what seals, opens and erases personal data.</summary>
internal static class PersonalDataRegistration
{
    public static IServiceCollection AddPersonalData(this IServiceCollection services) => services;
}
