namespace EventFunctions.Local.ServiceBus;

/// <summary>Reads one rule of a subscription.</summary>
internal static class RuleReader
{
    private const int MaxNameLength = 50;

    /// <summary>What a subscription has that declares no rules.</summary>
    public static RuleDefinition Default { get; } = new("$Default", new FilterDefinition.Sql("1=1"));

    public static RuleDefinition Read(TopologyNode node)
    {
        var name = node.Name(MaxNameLength);
        if (node.OptionalObject("action") is not null)
        {
            throw node.Error("action", "SQL rule actions are not supported by the local broker; change the message where it is sent");
        }

        return new RuleDefinition(name, node.Text("filterType") switch
        {
            "SqlFilter" => Sql(node.Object("sqlFilter")),
            "CorrelationFilter" => Correlation(node.Object("correlationFilter")),
            var other => throw node.Error("filterType", $"'{other}' is no filter type; there are SqlFilter and CorrelationFilter"),
        });
    }

    private static FilterDefinition.Sql Sql(TopologyNode node)
    {
        var expression = node.Text("sqlExpression");
        node.NothingElse();
        try
        {
            SqlFilter.Parse(expression);
        }
        catch (SqlFilterSyntaxException e)
        {
            throw node.Error("sqlExpression", e.Message);
        }

        return new FilterDefinition.Sql(expression);
    }

    private static FilterDefinition.Correlation Correlation(TopologyNode node)
    {
        var properties = node.OptionalObject("properties")?.Texts() ?? [];
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
