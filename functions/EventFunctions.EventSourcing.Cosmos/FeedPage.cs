using System.Text.Json.Serialization;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>The body of a query's answer (https://learn.microsoft.com/rest/api/cosmos-db/query-documents).</summary>
internal sealed record FeedPage<TDocument>([property: JsonPropertyName("Documents")] IReadOnlyList<TDocument> Documents);
