using EventFunctions.Administration;
using EventFunctions.EventSourcing;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EventFunctions.Composition;

/// <summary>Registers what operators do with the store; its ports are registered with the store.</summary>
internal static class AdministrationRegistration
{
    public static IServiceCollection AddAdministration(this IServiceCollection services)
    {
        services.AddSettings<AdministrationOptions>("Administration");
        return services
            .AddSingleton(p => new ArchiveOptions(p.GetRequiredService<IOptions<AdministrationOptions>>().Value.ArchiveAge))
            .AddSingleton<StreamHistory>()
            .AddSingleton<StreamArchiver>()
            .AddSingleton<StoreExporter>()
            .AddSingleton<StoreImporter>()
            .AddSingleton<StoreVerifier>()
            .AddSingleton<IValidator<ArchiveStreamRequest>, ArchiveStreamValidator>();
    }
}
