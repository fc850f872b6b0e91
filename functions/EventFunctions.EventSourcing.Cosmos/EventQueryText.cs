using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>A query for events in the store's language; every condition is one that the default index serves.</summary>
internal static class EventQueryText
{
    /// <summary>The query. What comes from outside goes in as parameters only.</summary>
    public static QueryDefinition Of(EventQuery query, EventTypeRegistry registry)
    {
        var conditions = new List<string> { "c.kind = @kind" };
        var parameters = new List<(string Name, string Value)> { ("@kind", EventDocument.EventKind) };
        if (query.Types.Count > 0)
        {
            // A name that no type has is asked for as it is, and nothing is found.
            var stored = query.Types.SelectMany(type => registry.StoredNamesOf(type) is { Count: > 0 } known ? known : [type]);
            var names = stored.Select((type, index) => (Name: $"@type{index}", Value: type)).ToList();
            conditions.Add($"c.type IN ({string.Join(", ", names.Select(n => n.Name))})");
            parameters.AddRange(names);
        }

        if (query.From is { } from)
        {
            Add("c.time >= @from", "@from", EventTime.TextOf(from));
        }

        if (query.To is { } to)
        {
            Add("c.time < @to", "@to", EventTime.TextOf(to));
        }

        if (query.CorrelationId is { } correlation)
        {
            Add("c.metadata.correlationId = @correlation", "@correlation", correlation);
        }

        var order = query.Order == TimeOrder.OldestFirst ? "ASC" : "DESC";
        var text = $"SELECT * FROM c WHERE {string.Join(" AND ", conditions)} ORDER BY c.time {order}";
        return parameters.Aggregate(new QueryDefinition(text), (definition, p) => definition.WithParameter(p.Name, p.Value));

        void Add(string condition, string name, string value)
        {
            conditions.Add(condition);
            parameters.Add((name, value));
        }
    }
}
