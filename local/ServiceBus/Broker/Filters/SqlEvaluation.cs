namespace EventFunctions.Local.ServiceBus;

/// <summary>
/// What an expression says of a message. A property that is missing, or null, is unknown, and so is what is computed from it
/// (Microsoft Learn, "Subscription rule SQL filter syntax", "Property evaluation semantics").
/// </summary>
internal static class SqlEvaluation
{
    /// <summary>True, false, or null for unknown.</summary>
    /// <exception cref="FilterException">The condition makes no sense for this message.</exception>
    public static bool? Test(SqlCondition condition, BrokerMessage message) => condition switch
    {
        SqlCondition.And c => Test(c.Left, message) is var left && left == false ? false : And(left, Test(c.Right, message)),
        SqlCondition.Or c => Test(c.Left, message) is var left && left == true ? true : Or(left, Test(c.Right, message)),
        SqlCondition.Not c => !Test(c.Operand, message),
        SqlCondition.Comparison c => SqlValue.Compare(c.Operator, Value(c.Left, message), Value(c.Right, message)),
        SqlCondition.IsNull c => Value(c.Operand, message) is null,
        SqlCondition.Exists c => Exists(c.Property, message),
        SqlCondition.In c => In(Value(c.Operand, message), c.Values, message),
        SqlCondition.Like c => Like(c, message),
        _ => throw new InvalidOperationException($"There is no test for {condition.GetType().Name}."),
    };

    /// <summary>The value; null for unknown.</summary>
    /// <exception cref="FilterException">The operand makes no sense for this message.</exception>
    public static object? Value(SqlOperand operand, BrokerMessage message) => operand switch
    {
        SqlOperand.Constant o => o.Value,
        SqlOperand.UserProperty o => SqlValue.Of(User(o.Name, message)),
        SqlOperand.SystemProperty o => SqlValue.Of(SqlSystemProperties.Read(o.Name, message)),
        SqlOperand.NamedProperty o => NameOf(o, message) is { } name ? SqlValue.Of(User(name, message)) : null,
        SqlOperand.NewId => Guid.NewGuid(),
        SqlOperand.Sign { Operator: '-' } o => SqlValue.Negate(Value(o.Operand, message)),
        SqlOperand.Sign o => SqlValue.Affirm(Value(o.Operand, message)),
        SqlOperand.Arithmetic o => SqlValue.Compute(o.Operator, Value(o.Left, message), Value(o.Right, message)),
        _ => throw new InvalidOperationException($"There is no value for {operand.GetType().Name}."),
    };

    /// <summary>The name of the property that <c>property(…)</c> stands for; none if it is unknown.</summary>
    /// <exception cref="FilterException">It is no name.</exception>
    public static string? NameOf(SqlOperand.NamedProperty property, BrokerMessage message) => Value(property.Name, message) switch
    {
        null => null,
        string name => name,
        var other => throw new FilterException($"property() needs a name, not {SqlValue.Kind(other)}."),
    };

    /// <summary>The name by which a message has a property: names are compared without regard to case, and the exact one wins.</summary>
    public static string? FindUser(string name, BrokerMessage message)
    {
        if (message.Properties.ContainsKey(name))
        {
            return name;
        }

        foreach (var candidate in message.Properties.Keys)
        {
            if (string.Equals(candidate, name, StringComparison.OrdinalIgnoreCase))
            {
                return candidate;
            }
        }

        return null;
    }

    private static bool? And(bool? left, bool? right) => right == false ? false : left is null || right is null ? null : true;

    private static bool? Or(bool? left, bool? right) => right == true ? true : left is null || right is null ? null : false;

    private static bool? In(object? value, IReadOnlyList<SqlOperand> candidates, BrokerMessage message)
    {
        bool? found = value is null ? null : false;
        foreach (var candidate in candidates)
        {
            if (SqlValue.Compare("=", value, Value(candidate, message)) is not { } same)
            {
                found = null;
            }
            else if (same)
            {
                return true;
            }
        }

        return found;
    }

    private static bool? Like(SqlCondition.Like like, BrokerMessage message)
    {
        char? escape = null;
        if (like.Escape is not null)
        {
            escape = Value(like.Escape, message) is string { Length: 1 } text
                ? text[0]
                : throw new FilterException("The escape of a LIKE is a string of one character.");
        }

        return Value(like.Operand, message) is string subject && Value(like.Pattern, message) is string pattern
            ? SqlPattern.Matches(subject, pattern, escape)
            : null;
    }

    private static bool Exists(SqlOperand property, BrokerMessage message) => property switch
    {
        SqlOperand.UserProperty o => FindUser(o.Name, message) is not null,
        SqlOperand.SystemProperty o => SqlSystemProperties.Read(o.Name, message) is not null,
        SqlOperand.NamedProperty o => NameOf(o, message) is { } name && FindUser(name, message) is not null,
        _ => throw new InvalidOperationException($"{property.GetType().Name} is no property."),
    };

    private static object? User(string name, BrokerMessage message) =>
        message.Properties.TryGetValue(name, out var value) ? value
        : message.Properties.Count > 0 && FindUser(name, message) is { } found ? message.Properties[found]
        : null;
}
