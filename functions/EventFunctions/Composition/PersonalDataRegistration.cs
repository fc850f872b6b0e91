using Azure.Core;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Cosmos;
using EventFunctions.PersonalData.Api;
using EventFunctions.PersonalData.MasterKeys;
using FluentValidation;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Configuration;
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
            new CosmosSubjectKeys(ContainerOf(p, "keys"), p.GetRequiredService<IMasterKey>(), p.GetRequiredService<TimeProvider>()),
            CacheOf(p),
            p.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<ISubjectKeyRewrap>(p => new CosmosSubjectKeyRewrap(ContainerOf(p, "keys"), p.GetRequiredService<IMasterKey>()));
        services.TryAddSingleton<PersonalDataVault>();
        services.TryAddSingleton<IViewErasure>(p => new CosmosViewErasure(ContainerOf(p, "views")));
        services.TryAddSingleton<IErasureRecords>(p => new CosmosErasureRecords(ContainerOf(p, "audit")));
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
            MasterKeyPlace.KeyVault => new KeyVaultMasterKey(new SecretClient(options.KeyVaultUri, CredentialOf(options)), options.KeyVaultSecret),
            _ => new InMemoryMasterKey(),
        };
    }

    private static TokenCredential CredentialOf(PersonalDataOptions options) => options.KeyVaultClientId is { Length: > 0 } clientId
        ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId))
        : new DefaultAzureCredential();

    private static SubjectKeyCacheOptions CacheOf(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<PersonalDataOptions>>().Value;
        return new SubjectKeyCacheOptions(options.KeyCacheTime, options.KeyCacheSize);
    }

    private static Container ContainerOf(IServiceProvider provider, string name)
    {
        var database = provider.GetRequiredService<IConfiguration>()[Connections.DatabaseSetting]
            ?? throw new InvalidOperationException(Connections.DatabaseRemedy);
        return provider.GetRequiredService<CosmosClient>().GetContainer(database, name);
    }
}
