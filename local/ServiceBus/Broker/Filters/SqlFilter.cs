namespace EventFunctions.Local.ServiceBus;

/// <summary>
/// Selects messages for which an expression is true: not false, and not unknown. A property that is missing, or null, is unknown,
/// and so is what is computed from it.
/// </summary>
internal sealed class SqlFilter : IMessageFilter
{
    /// <summary>The longest expression the service takes.</summary>
    public const int MaxLength = 1024;

    private readonly SqlCondition _condition;

    private SqlFilter(SqlCondition condition) => _condition = condition;

    /// <summary>Reads an expression.</summary>
    /// <exception cref="SqlFilterSyntaxException">It is not of the language.</exception>
    public static SqlFilter Parse(string expression, IReadOnlyDictionary<string, object>? parameters = null)
    {
        if (expression.Length > MaxLength)
        {
            throw new SqlFilterSyntaxException($"an expression has at most {MaxLength} characters", MaxLength);
        }

        return new SqlFilter(new SqlParser(new SqlLexer(expression).Read(), parameters ?? BrokerMessage.NoProperties).Parse());
    }

    /// <inheritdoc />
    public bool Selects(BrokerMessage message) => Test(_condition, message) == true;

    /// <summary>True, false, or null for unknown.</summary>
    private static bool? Test(SqlCondition condition, BrokerMessage message) => condition switch
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

    private static bool? And(bool? left, bool? right) => right == false ? false : left is null || right is null ? null : true;

    private static bool? Or(bool? left, bool? right) => right == true ? true : left is null || right is null ? null : false;

    private static object? Value(SqlOperand operand, BrokerMessage message) => operand switch
    {
        SqlOperand.Constant o => o.Value,
        SqlOperand.UserProperty o => SqlValue.Of(User(o.Name, message)),
        SqlOperand.SystemProperty o => SqlValue.Of(SqlSystemProperties.Read(o.Name, message)),
        SqlOperand.NamedProperty o => Value(o.Name, message) switch
        {
            null => null,
            string name => SqlValue.Of(User(name, message)),
            var other => throw new FilterException($"property() needs a name, not {SqlValue.Kind(other)}."),
        },
        SqlOperand.NewId => Guid.NewGuid(),
        SqlOperand.Sign { Operator: '-' } o => SqlValue.Negate(Value(o.Operand, message)),
        SqlOperand.Sign o => Value(o.Operand, message),
        SqlOperand.Arithmetic o => SqlValue.Compute(o.Operator, Value(o.Left, message), Value(o.Right, message)),
        _ => throw new InvalidOperationException($"There is no value for {operand.GetType().Name}."),
    };

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
        SqlOperand.UserProperty o => TryUser(o.Name, message, out _),
        SqlOperand.SystemProperty o => SqlSystemProperties.Read(o.Name, message) is not null,
        SqlOperand.NamedProperty o => Value(o.Name, message) is string name && TryUser(name, message, out _),
        _ => throw new InvalidOperationException($"{property.GetType().Name} is no property."),
    };

    private static object? User(string name, BrokerMessage message) => TryUser(name, message, out var value) ? value : null;

    /// <summary>Names are compared without regard to case; the exact one wins.</summary>
    private static bool TryUser(string name, BrokerMessage message, out object? value)
    {
        if (message.Properties.TryGetValue(name, out value))
        {
            return true;
        }

        foreach (var (candidate, candidateValue) in message.Properties)
        {
            if (string.Equals(candidate, name, StringComparison.OrdinalIgnoreCase))
            {
                value = candidateValue;
                return true;
            }
        }

        return false;
    }
}
