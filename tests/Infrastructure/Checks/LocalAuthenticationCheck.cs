using EventFunctions.Infrastructure.Tests.Bicep.Evaluation;

namespace EventFunctions.Infrastructure.Tests.Checks;

/// <summary>
/// Who wants in shows an identity: every service that would also take a key has that turned off. A type that is not listed here has no keys,
/// or has not been thought of; <see cref="Keyless"/> lists those without.
/// </summary>
public static class LocalAuthenticationCheck
{
    private static readonly Dictionary<string, (string Path, bool Value)> Rules = new(StringComparer.Ordinal)
    {
        ["Microsoft.Storage/storageAccounts"] = ("properties.allowSharedKeyAccess", false),
        ["Microsoft.DocumentDB/databaseAccounts"] = ("properties.disableLocalAuth", true),
        ["Microsoft.ServiceBus/namespaces"] = ("properties.disableLocalAuth", true),
        ["Microsoft.Insights/components"] = ("properties.DisableLocalAuth", true),
        ["Microsoft.OperationalInsights/workspaces"] = ("properties.features.disableLocalAuth", true),
        ["Microsoft.KeyVault/vaults"] = ("properties.enableRbacAuthorization", true),
        ["Microsoft.Web/sites/basicPublishingCredentialsPolicies"] = ("properties.allow", false),
    };

    /// <summary>Services of which nothing can be reached with a key.</summary>
    private static readonly HashSet<string> Keyless = new(StringComparer.Ordinal)
    {
        "Microsoft.Authorization", "Microsoft.DurableTask", "Microsoft.ManagedIdentity", "Microsoft.Network", "Microsoft.Resources",
    };

    /// <summary>Which resources can be reached with a key.</summary>
    public static IEnumerable<Finding> Run(Deployment deployment)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        var open = from resource in deployment.Resources
                   where Rules.ContainsKey(resource.Type)
                   let rule = Rules[resource.Type]
                   where resource.Property(rule.Path)?.Known() is not FlagValue flag || flag.Flag != rule.Value
                   select new Finding(resource.At, $"{rule.Path} of a {resource.Type} must be {(rule.Value ? "true" : "false")}: it can be reached with a key");
        var unthought = from resource in deployment.Resources
                        let provider = resource.Type.Split('/')[0]
                        where !Keyless.Contains(provider) && !Rules.Keys.Any(type => type.StartsWith($"{provider}/", StringComparison.Ordinal))
                        select new Finding(resource.At, $"nobody has thought about keys of {provider}: add a rule, or list it as keyless");
        var publishing = from site in deployment.Of("Microsoft.Web/sites")
                         from name in new[] { "ftp", "scm" }
                         where !deployment.Of("Microsoft.Web/sites/basicPublishingCredentialsPolicies").Any(p => p.Names.SequenceEqual([site.Name, name]))
                         select new Finding(site.At, $"the credentials for publishing by {name} are on unless a basicPublishingCredentialsPolicies says otherwise");
        return [.. open, .. unthought, .. publishing];
    }
}
