using System.Diagnostics;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>A query for views in the store's language; every condition is one that the default index serves.</summary>
internal static class ViewQueryText
{
    /// <summary>The query. Values go in as parameters only; a path is made of letters and digits, see <see cref="ViewField"/>.</summary>
    public static QueryDefinition Of(ViewQuery query)
    {
        var parameters = new List<(string Name, object Value)> { ("@kind", query.Kind) };
        var conditions = new List<string> { "c.kind = @kind" };
        conditions.AddRange(query.Conditions.Select(c => TextOf(c, AddParameter)));
        var sortedBy = query.SortedBy is { } field ? PathOf(field) : "c.since";
        var text = $"SELECT * FROM c WHERE {string.Join(" AND ", conditions)} ORDER BY {sortedBy} {(query.Descending ? "DESC" : "ASC")}";
        return parameters.Aggregate(new QueryDefinition(text), (definition, p) => definition.WithParameter(p.Name, p.Value));

        string AddParameter(object value)
        {
            parameters.Add(($"@p{parameters.Count}", value));
            return parameters[^1].Name;
        }
    }

    private static string TextOf(ViewCondition condition, Func<object, string> parameter) => condition switch
    {
        ViewCondition.IsOneOf c => $"{PathOf(c.Field)} IN ({string.Join(", ", c.Values.Select(parameter))})",
        ViewCondition.IsTrue c => $"{PathOf(c.Field)} = true",
        ViewCondition.AtLeast c => $"{PathOf(c.Field)} >= {parameter((double)c.Least)}",
        ViewCondition.AtMost c => $"{PathOf(c.Field)} <= {parameter((double)c.Most)}",
        ViewCondition.Contains c => $"CONTAINS({PathOf(c.Field)}, {parameter(c.Text)})",
        _ => throw new UnreachableException($"There is no condition {condition.GetType()}."),
    };

    /// <summary>In brackets, as a name after a dot may not be a word of the language.</summary>
    private static string PathOf(ViewField field) => $"c.view{string.Concat(field.Path.Split('.').Select(name => $"[\"{name}\"]"))}";
}
