namespace EventFunctions.Local.ServiceBus;

/// <summary>Reads one rule of a subscription.</summary>
internal static class RuleReader
{
    /// <summary>What a subscription has that declares no rules.</summary>
    public static RuleDefinition Default { get; } = new("$Default", new FilterDefinition.Sql("1=1"));

    public static RuleDefinition Read(TopologyNode node)
    {
        var name = node.Name(EntityLimits.RuleNameLength);
        FilterDefinition filter = node.Text("filterType") switch
        {
            "SqlFilter" => Sql(node.Object("sqlFilter")),
            "CorrelationFilter" => Correlation(node.Object("correlationFilter")),
            var other => throw node.Error("filterType", $"'{other}' is no filter type; there are SqlFilter and CorrelationFilter"),
        };
        return new RuleDefinition(name, filter, node.OptionalObject("action") is { } action ? Action(action) : null);
    }

    private static FilterDefinition.Sql Sql(TopologyNode node) => new(Expression(node, text => SqlFilter.Parse(text)));

    private static ActionDefinition Action(TopologyNode node) => new(Expression(node, text => SqlAction.Parse(text)));

    private static string Expression(TopologyNode node, Action<string> check)
    {
        var expression = node.Text("sqlExpression");
        node.NothingElse();
        try
        {
            check(expression);
        }
        catch (SqlFilterSyntaxException e)
        {
            throw node.Error("sqlExpression", e.Message);
        }

        return expression;
    }

    private static FilterDefinition.Correlation Correlation(TopologyNode node)
    {
        var properties = node.OptionalObject("properties")?.Texts().ToDictionary(p => p.Key, object (p) => p.Value, StringComparer.Ordinal) ?? [];
        var system = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in CorrelationFilter.SystemPropertyNames)
        {
            if (node.OptionalText(name) is { } value)
            {
                system.Add(name, value);
            }
        }

        node.NothingElse();
        return system.Count + properties.Count > 0
            ? new FilterDefinition.Correlation(system, properties)
            : throw node.Error("", "a correlation filter names at least one property");
    }
}
