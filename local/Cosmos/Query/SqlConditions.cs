using System.Text.Json;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Conditions on one item, <c>FROM c WHERE …</c>, as a patch may have one.</summary>
internal static class SqlConditions
{
    /// <summary>Reads a condition. Its value is asked for while the item's container is locked, so it neither goes over anything nor depends on a run.</summary>
    /// <exception cref="SqlSyntaxException">It can't be read, or asks for more than a condition may.</exception>
    public static Func<JsonElement, bool> Compile(string text)
    {
        var query = SqlParser.ParseCondition(text);
        if (!query.From.IsItemItself)
        {
            throw SqlSyntaxException.NotSupported("FROM of anything but the item in a condition", 0);
        }

        if (SqlExpressionTree.Contains(query.Where!.Expression, e => e is SqlExpression.Ambient or SqlExpression.Scalar or SqlExpression.ArrayOfQuery or SqlExpression.Exists))
        {
            throw SqlSyntaxException.NotSupported("A subquery, or a function of the time or of chance, in a condition", 0);
        }

        var evaluator = new SqlEvaluator(new SqlRun(DateTimeOffset.UnixEpoch, new Random(0), SqlRun.UsualMostRows, CancellationToken.None));
        return json =>
        {
            var item = SqlValue.Of(json);
            return evaluator.Passes(query.Where, SqlBindings.At(item).With(query.From.Alias, item));
        };
    }
}
