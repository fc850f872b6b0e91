using Azure.Security.KeyVault.Secrets;
using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Cosmos;
using EventFunctions.PersonalData.Api;
using EventFunctions.PersonalData.MasterKeys;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EventFunctions.Composition;

/// <summary>Registers what seals personal data, and what erases it.</summary>
internal static class PersonalDataRegistration
{
    /// <summary>Adds it. What is registered already is left as it is.</summary>
    public static IServiceCollection AddPersonalData(this IServiceCollection services)
    {
        services.AddSettings<PersonalDataOptions>("PersonalData");
        services.TryAddSingleton(OpenMasterKey);
        services.TryAddSingleton(p => (IMasterKeyRotation)p.GetRequiredService<IMasterKey>());
        services.TryAddSingleton<ISubjectKeys>(p => new CachedSubjectKeys(
            new CosmosSubjectKeys(CosmosContainers.Of(p, "keys"), p.GetRequiredService<IMasterKey>(), p.GetRequiredService<TimeProvider>()),
            CacheOf(p),
            p.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<ISubjectKeyRewrap>(p => new CosmosSubjectKeyRewrap(CosmosContainers.Of(p, "keys"), p.GetRequiredService<IMasterKey>()));
        services.TryAddSingleton<PersonalDataVault>();
        services.TryAddSingleton<IViewErasure>(p => new CosmosViewErasure(CosmosContainers.Of(p, "views")));
        services.TryAddSingleton<IErasureRecords>(p => new CosmosErasureRecords(CosmosContainers.Of(p, "audit")));
        return services
            .AddSingleton<IErasureParticipant, ErasedViews>()
            .AddSingleton<SubjectErasure>()
            .AddSingleton<ErasureReporter>()
            .AddSingleton<MasterKeyChange>()
            .AddSingleton<IValidator<EraseCustomerRequest>, EraseCustomerValidator>()
            .AddHostedService<MasterKeyAtStart>();
    }

    private static IMasterKey OpenMasterKey(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<PersonalDataOptions>>().Value;
        return options.MasterKey switch
        {
            MasterKeyPlace.File => new FileMasterKey(options.MasterKeyFile!),
            MasterKeyPlace.KeyVault => new KeyVaultMasterKey(new SecretClient(options.KeyVaultUri, ConnectionIdentity.Of(options.KeyVaultClientId)), options.KeyVaultSecret),
            _ => new InMemoryMasterKey(),
        };
    }

    private static SubjectKeyCacheOptions CacheOf(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<PersonalDataOptions>>().Value;
        return new SubjectKeyCacheOptions(options.KeyCacheTime, options.KeyCacheSize);
    }
}
