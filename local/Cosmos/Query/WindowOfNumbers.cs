using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Finds in a WHERE clause a window of numbers that every item which passes must lie in.</summary>
internal static class WindowOfNumbers
{
    /// <summary>The first window with both ends among the conditions that must all hold, or <see langword="null"/>.</summary>
    public static NumberWindow? Of(SqlQuery query) => !query.From.Parts.Take(1).Any(IsItem) ? null : Conditions(query.Where?.Expression)
        .SelectMany(c => Limits(c, query.From.Alias!))
        .GroupBy(l => l.Member, StringComparer.Ordinal)
        .Select(g => new NumberWindow(g.Key, g.Max(l => l.Low), g.Min(l => l.High)))
        .FirstOrDefault(w => double.IsFinite(w.Low) && double.IsFinite(w.High));

    private static bool IsItem(SqlFromPart part) => part is SqlFromPart.Path { Of: SqlExpression.Item, Iterates: false };

    private static IEnumerable<SqlExpression> Conditions(SqlExpression? where) => where switch
    {
        null => [],
        SqlExpression.Logical { IsAnd: true } all => all.Operands.SelectMany(Conditions),
        _ => [where],
    };

    /// <summary>What a condition says of a member; an open end counts as a closed one, as the clause itself is asked afterwards.</summary>
    private static IEnumerable<NumberWindow> Limits(SqlExpression condition, string item) => condition switch
    {
        SqlExpression.Binary(var op, var left, var right) when MemberOf(left, item) is { } member && NumberOf(right) is { } number => Limit(op, member, number),
        SqlExpression.Binary(var op, var left, var right) when MemberOf(right, item) is { } member && NumberOf(left) is { } number => Limit(Turned(op), member, number),
        SqlExpression.Between(var operand, var low, var high) when MemberOf(operand, item) is { } member && NumberOf(low) is { } from && NumberOf(high) is { } to =>
            [new NumberWindow(member, from, to)],
        _ => [],
    };

    private static IEnumerable<NumberWindow> Limit(string op, string member, double number) => op switch
    {
        "=" => [new NumberWindow(member, number, number)],
        ">" or ">=" => [new NumberWindow(member, number, double.PositiveInfinity)],
        "<" or "<=" => [new NumberWindow(member, double.NegativeInfinity, number)],
        _ => [],
    };

    private static string Turned(string op) => op switch { ">" => "<", ">=" => "<=", "<" => ">", "<=" => ">=", _ => op };

    private static string? MemberOf(SqlExpression expression, string item) =>
        expression is SqlExpression.Member(SqlExpression.Name(var root), SqlExpression.Literal({ Type: SqlType.String } name)) && root == item ? name.Text : null;

    private static double? NumberOf(SqlExpression expression) =>
        expression is SqlExpression.Literal({ Type: SqlType.Number } number) ? number.Number : null;
}
