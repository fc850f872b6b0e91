using System.Globalization;

namespace EventFunctions.Local.ServiceBus;

/// <summary>Turns single words of a filter expression into operands.</summary>
internal static class SqlOperandReader
{
    public static object Integer(SqlToken token) =>
        long.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new SqlFilterSyntaxException($"{token.Text} does not fit into 64 bits", token.Position);

    public static object Parameter(SqlToken token, IReadOnlyDictionary<string, object> parameters) =>
        parameters.TryGetValue(token.Text, out var value)
            ? SqlValue.Of(value) ?? value
            : throw new SqlFilterSyntaxException($"the parameter {token.Text} has no value", token.Position);

    public static SqlOperand Scoped(SqlToken scope, SqlToken name) => scope.Text.ToUpperInvariant() switch
    {
        "SYS" => new SqlOperand.SystemProperty(name.Text),
        "USER" => new SqlOperand.UserProperty(name.Text),
        _ => throw new SqlFilterSyntaxException($"'{scope.Text}' is no scope; there are sys and user", scope.Position),
    };

    public static SqlOperand? IsProperty(SqlOperand operand) =>
        operand is SqlOperand.UserProperty or SqlOperand.SystemProperty or SqlOperand.NamedProperty ? operand : null;
}
