using EventFunctions.Local.ServiceBus;

namespace EventFunctions.EmulatorConfig;

/// <summary>Says the rules of a subscription in the emulator's words.</summary>
internal static class EmulatorRules
{
    /// <summary>The rules.</summary>
    public static IReadOnlyList<EmulatorRule> Of(IReadOnlyList<RuleDefinition> rules) =>
        [.. rules.Select(r => new EmulatorRule(NameOf(r.Name), FilterOf(r.Filter) with { Action = ActionOf(r.Action) }))];

    /// <summary>The emulator's names begin with a letter or a digit, so the rule that takes the place of the default one has another.</summary>
    private static string NameOf(string name) => name.TrimStart('$');

    private static EmulatorFilter FilterOf(FilterDefinition filter) => filter switch
    {
        FilterDefinition.Sql sql => new EmulatorFilter("Sql", SqlFilter: new EmulatorSqlFilter(sql.SqlExpression)),
        FilterDefinition.Correlation correlation => new EmulatorFilter("Correlation", CorrelationFilter: PropertiesOf(correlation)),
        _ => throw new System.Diagnostics.UnreachableException($"There is no filter {filter.GetType()}."),
    };

    private static EmulatorSqlFilter? ActionOf(ActionDefinition? action) => action is null ? null : new EmulatorSqlFilter(action.SqlExpression);

    private static Dictionary<string, object> PropertiesOf(FilterDefinition.Correlation filter)
    {
        var properties = filter.SystemProperties.ToDictionary(
            p => $"{char.ToUpperInvariant(p.Key[0])}{p.Key[1..]}", object (p) => p.Value, StringComparer.Ordinal);
        if (filter.Properties.Count > 0)
        {
            properties.Add("Properties", filter.Properties);
        }

        return properties;
    }
}
