using System.Text.Json;
using System.Text.Json.Serialization;

namespace EventFunctions.Integration;

/// <summary>
/// An integration event as JSON: a CloudEvent 1.0 in structured mode
/// (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md), the body of messages and of webhooks.
/// </summary>
/// <param name="SpecVersion">Always 1.0.</param>
/// <param name="Id">The event's id.</param>
/// <param name="Source">The context where it happened.</param>
/// <param name="Type">The contract, e.g. <c>shop.order.placed.v1</c>.</param>
/// <param name="Subject">What it happened to.</param>
/// <param name="Time">When, UTC.</param>
/// <param name="DataContentType">Always <c>application/json</c>.</param>
/// <param name="DataSchema">Names the schema of <paramref name="Data"/>.</param>
/// <param name="Sequence">
/// Its place among the events of source and subject: ten digits (extension <c>sequence</c>,
/// https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/extensions/sequence.md).
/// </param>
/// <param name="Data">What happened.</param>
public sealed record CloudEventDocument(
    [property: JsonPropertyName("specversion")] string SpecVersion,
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("source")] string Source,
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("subject")] string Subject,
    [property: JsonPropertyName("time")] DateTimeOffset Time,
    [property: JsonPropertyName("datacontenttype")] string DataContentType,
    [property: JsonPropertyName("dataschema")] string DataSchema,
    [property: JsonPropertyName("sequence")] string Sequence,
    [property: JsonPropertyName("data")] JsonElement Data)
{
    /// <summary>The media type of a CloudEvent in structured mode.</summary>
    public const string MediaType = "application/cloudevents+json";
}
