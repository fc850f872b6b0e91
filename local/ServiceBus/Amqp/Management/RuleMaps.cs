namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>Rules as requests carry them (maps), and as answers do (described lists).</summary>
internal static class RuleMaps
{
    private const ulong RuleDescription = 0x0000_0137_0000_0004;
    private const ulong EmptyAction = 0x0000_0137_0000_0005;
    private const ulong SqlAction = 0x0000_0137_0000_0006;
    private const ulong SqlFilter = 0x0000_0013_7000_0006;
    private const ulong CorrelationFilter = 0x0000_0013_7000_0009;

    /// <summary>What the list of a correlation filter has, in order, and what its map calls it.</summary>
    private static readonly (string Wire, string Name)[] SystemProperties =
    [
        ("correlation-id", "correlationId"), ("message-id", "messageId"), ("to", "to"), ("reply-to", "replyTo"), ("label", "label"),
        ("session-id", "sessionId"), ("reply-to-session-id", "replyToSessionId"), ("content-type", "contentType"),
    ];

    /// <summary>A rule that is to be added.</summary>
    /// <exception cref="AmqpRefusalException">The map has no filter that is known.</exception>
    public static RuleDefinition Read(string name, AmqpMap description) => new(
        name,
        description["sql-filter"] is AmqpMap sql && Expression(sql) is { } expression ? new FilterDefinition.Sql(expression)
            : description["correlation-filter"] is AmqpMap correlation ? Correlation(correlation)
            : throw new AmqpRefusalException(ErrorCondition.ArgumentError, "'rule-description' has neither a 'sql-filter' nor a 'correlation-filter'."),
        description["sql-rule-action"] is AmqpMap action && Expression(action) is { Length: > 0 } statement ? new ActionDefinition(statement) : null);

    /// <summary>A rule as it is listed.</summary>
    public static AmqpDescribed Describe(RuleDefinition rule, DateTimeOffset createdAt) => new(
        RuleDescription,
        new AmqpList { Describe(rule.Filter), Describe(rule.Action), rule.Name, createdAt });

    private static AmqpDescribed Describe(FilterDefinition filter) => filter switch
    {
        FilterDefinition.Sql sql => new AmqpDescribed(SqlFilter, new AmqpList { sql.SqlExpression, 20 }),
        FilterDefinition.Correlation correlation => new AmqpDescribed(CorrelationFilter, Describe(correlation)),
        _ => throw new InvalidOperationException($"There is no description of a {filter.GetType().Name}."),
    };

    private static AmqpDescribed Describe(ActionDefinition? action) => action is null
        ? new AmqpDescribed(EmptyAction, new AmqpList())
        : new AmqpDescribed(SqlAction, new AmqpList { action.SqlExpression, 20 });

    private static AmqpList Describe(FilterDefinition.Correlation filter)
    {
        var list = new AmqpList(SystemProperties.Select(property => filter.SystemProperties.GetValueOrDefault(property.Name)));
        var properties = new AmqpMap();
        foreach (var (name, value) in filter.Properties)
        {
            properties.Add(name, PropertyValues.ToWire(value));
        }

        list.Add(properties);
        return list;
    }

    private static FilterDefinition.Correlation Correlation(AmqpMap map)
    {
        var system = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (wire, name) in SystemProperties)
        {
            if (map[wire] is string value)
            {
                system.Add(name, value);
            }
        }

        return new FilterDefinition.Correlation(system, PropertyValues.ToBroker(map["properties"] as AmqpMap) ?? BrokerMessage.NoProperties);
    }

    private static string? Expression(AmqpMap map) => map["expression"] as string;
}
