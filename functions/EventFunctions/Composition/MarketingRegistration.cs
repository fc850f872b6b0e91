using EventFunctions.EventSourcing;
using EventFunctions.Marketing;
using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.Composition;

/// <summary>Registers what marketing knows of customers.</summary>
internal static class MarketingRegistration
{
    public static IServiceCollection AddMarketing(this IServiceCollection services) => services
        .AddSingleton<ProfileStore>()
        .AddSingleton<ProductStore>()
        .AddSingleton<ProfileCounting>()
        .AddSingleton<MarketingEvents>()
        .AddSingleton<ProfileReader>()
        .AddSingleton<IErasureParticipant, MarketingErasure>();
}
