using EventFunctions.Infrastructure.Tests.Bicep.Evaluation;
using EventFunctions.Infrastructure.Tests.Bicep.Model;
using EventFunctions.Infrastructure.Tests.Checks;

namespace EventFunctions.Infrastructure.Tests.Repository;

/// <summary>A choice of parameters that somebody may deploy with. Together they have to reach every line of infra/, which a test checks.</summary>
/// <param name="Name">What is special about it.</param>
/// <param name="Chosen">The parameters that differ from the defaults.</param>
public sealed record Configuration(string Name, IReadOnlyDictionary<string, Value> Chosen)
{
    /// <summary>What has no default, because only the owner of a shop knows it.</summary>
    private static readonly Dictionary<string, Value> Required = new()
    {
        ["environmentName"] = new TextValue("shop-production"),
        ["location"] = new TextValue("westeurope"),
        ["paymentsBaseAddress"] = new TextValue("https://payments.example.com/"),
        ["carrierBaseAddress"] = new TextValue("https://carrier.example.com/"),
        ["supplierBaseAddress"] = new TextValue("https://supplier.example.com/"),
        ["mailBaseAddress"] = new TextValue("https://mail.example.com/"),
        ["mailFrom"] = new TextValue("shop@example.com"),
        ["operatorsAddress"] = new TextValue("operators@example.com"),
        ["verificationPage"] = new TextValue("https://shop.example.com/verify"),
    };

    /// <summary>Everything as it is by default.</summary>
    public static Configuration Default { get; } = Of("default");

    /// <summary>Every configuration that is checked.</summary>
    public static IReadOnlyList<Configuration> All { get; } =
    [
        Default,
        Of("the largest", ("databaseCapacity", "Autoscale"), ("databaseBackup", "Continuous30Days"), ("serviceBusTier", "Premium"),
            ("serviceBusMessagingUnits", 4), ("serviceBusScalesByLength", true), ("schedulerSku", "Dedicated"), ("schedulerCapacityUnits", 3),
            ("alwaysReadyInstances", 1), ("privateNetwork", true), ("zoneRedundant", true), ("purgeProtection", true),
            ("vaultOfficersGroupId", "11111111-2222-3333-4444-555555555555")),
        Of("Azure Storage in a private network", ("orchestrationStore", "AzureStorage"), ("privateNetwork", true)),
        Of("choreography with settings of its own", ("orderingFlow", "Choreography"),
            ("settings", new MapValue([KeyValuePair.Create("Ordering__ReviewAbove__EUR", (Value)new TextValue("10000"))]))),
        Of("the longest name", ("environmentName", new string('n', 64))),
    ];

    /// <summary>What a deployment is given: azd's file of parameters, and over it what is chosen here.</summary>
    public IEnumerable<KeyValuePair<string, Value>> Parameters(RepositoryFiles files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var main = files.Read(Infrastructure.Main);
        var values = new Dictionary<string, Value>();
        foreach (var (name, value) in ParametersFileCheck.Parameters(files.ReadText("infra/main.parameters.json")))
        {
            if (value is not TextValue { Text: "" })
            {
                values[name] = ParametersFileCheck.AsAzdConverts(value, main.All<Parameter>().FirstOrDefault(p => p.Name == name)?.Type);
            }
        }

        foreach (var (name, value) in Required.Concat(Chosen))
        {
            values[name] = value;
        }

        return values;
    }

    /// <summary>Whether a parameter was chosen to be that.</summary>
    public bool Has(string parameter, string value) => Chosen.TryGetValue(parameter, out var chosen) && $"{chosen}" == value;

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static Configuration Of(string name, params (string Name, object Value)[] chosen) => new(name, chosen.ToDictionary(c => c.Name, c => c.Value switch
    {
        string text => new TextValue(text),
        int number => new NumberValue(number),
        bool flag => new FlagValue(flag),
        Value value => value,
        _ => throw new ArgumentOutOfRangeException(nameof(chosen)),
    }));
}
