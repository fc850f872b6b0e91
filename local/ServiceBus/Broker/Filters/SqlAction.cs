using System.Globalization;

namespace EventFunctions.Local.ServiceBus;

/// <summary>
/// Changes properties of the copy that a rule selects (Microsoft Learn, "Subscription rule SQL action syntax"). Statements are carried
/// out in their order; each sees what those before it have done.
/// </summary>
internal sealed class SqlAction
{
    private readonly IReadOnlyList<SqlStatement> _statements;

    private SqlAction(IReadOnlyList<SqlStatement> statements) => _statements = statements;

    /// <summary>Reads the statements.</summary>
    /// <exception cref="SqlFilterSyntaxException">They are not of the language.</exception>
    public static SqlAction Parse(string expression, IReadOnlyDictionary<string, object>? parameters = null) =>
        new(SqlParser.Of(expression, parameters).ParseAction());

    /// <summary>The message with the changes; the one given stays as it is.</summary>
    /// <exception cref="FilterException">A statement makes no sense for this message.</exception>
    public BrokerMessage Run(BrokerMessage message)
    {
        foreach (var statement in _statements)
        {
            message = statement switch
            {
                SqlStatement.Set { Property: SqlOperand.SystemProperty property } set =>
                    SqlSystemProperties.Write(property.Name, SqlEvaluation.Value(set.Value, message), message),
                SqlStatement.Set set => SetUser(message, NameOf(set.Property, message), SqlEvaluation.Value(set.Value, message)),
                SqlStatement.Remove { Property: SqlOperand.SystemProperty property } => SqlSystemProperties.Write(property.Name, null, message),
                SqlStatement.Remove remove => RemoveUser(message, NameOf(remove.Property, message)),
                _ => throw new InvalidOperationException($"There is no statement {statement.GetType().Name}."),
            };
        }

        return message;
    }

    private static string NameOf(SqlOperand property, BrokerMessage message) => property switch
    {
        SqlOperand.UserProperty user => user.Name,
        SqlOperand.NamedProperty named => SqlEvaluation.NameOf(named, message) is { Length: > 0 } name
            ? name
            : throw new FilterException("property() needs a name, and has none."),
        _ => throw new InvalidOperationException($"{property.GetType().Name} is no property."),
    };

    private static BrokerMessage SetUser(BrokerMessage message, string name, object? value)
    {
        var known = SqlEvaluation.FindUser(name, message);
        var properties = new Dictionary<string, object>(message.Properties, StringComparer.Ordinal);
        properties[known ?? name] = known is not null && properties[known] is { } existing ? As(value, existing.GetType())! : value!;
        return message with { Properties = properties.AsReadOnly() };
    }

    private static BrokerMessage RemoveUser(BrokerMessage message, string name)
    {
        if (SqlEvaluation.FindUser(name, message) is not { } known)
        {
            return message;
        }

        var properties = new Dictionary<string, object>(message.Properties, StringComparer.Ordinal);
        properties.Remove(known);
        return message with { Properties = properties.AsReadOnly() };
    }

    /// <summary>"SET performs implicit conversion if possible": the value in the type that the property has, where that says the same.</summary>
    private static object? As(object? value, Type type)
    {
        if (value is not (long or double or decimal) || !type.IsPrimitive && type != typeof(decimal) || type == typeof(bool) || type == typeof(char))
        {
            return value;
        }

        try
        {
            var converted = Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
            return SqlValue.Compare("=", SqlValue.Of(converted), value) == true ? converted : value;
        }
        catch (OverflowException)
        {
            return value; // the property takes the value's type instead
        }
    }
}
