namespace EventFunctions.Local.ServiceBus;

/// <summary>Selects messages for which an expression is true: not false, and not unknown.</summary>
internal sealed class SqlFilter : IMessageFilter
{
    /// <summary>The longest expression the service takes.</summary>
    public const int MaxLength = 1024;

    private readonly SqlCondition _condition;

    private SqlFilter(SqlCondition condition) => _condition = condition;

    /// <summary>Reads an expression.</summary>
    /// <exception cref="SqlFilterSyntaxException">It is not of the language.</exception>
    public static SqlFilter Parse(string expression, IReadOnlyDictionary<string, object>? parameters = null) =>
        new(SqlParser.Of(expression, parameters).ParseFilter());

    /// <inheritdoc />
    public bool Selects(BrokerMessage message) => SqlEvaluation.Test(_condition, message) == true;
}
