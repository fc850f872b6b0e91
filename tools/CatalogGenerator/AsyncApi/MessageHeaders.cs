using System.Text.Json.Nodes;

namespace EventFunctions.CatalogGenerator.AsyncApi;

/// <summary>The application properties of a message: CloudEvents 1.0 in binary mode (AMQP protocol binding, section 3.1), and ours.</summary>
internal static class MessageHeaders
{
    /// <summary>The name of their schema.</summary>
    public const string SchemaName = "message-headers";

    /// <summary>The schema of the properties of any message.</summary>
    public static JsonObject Schema() => new()
    {
        ["type"] = "object",
        ["description"] = "The application properties: a CloudEvent in binary mode, with what consumers route by.",
        ["properties"] = new JsonObject
        {
            ["cloudEvents:specversion"] = new JsonObject { ["type"] = "string", ["const"] = "1.0", ["description"] = "The version of CloudEvents." },
            ["cloudEvents:id"] = Text("The event's id, the same however often it is published. MessageId is the same.", format: "uuid"),
            ["cloudEvents:source"] = Text("The stream, as /streams/{stream}."),
            ["cloudEvents:type"] = Text("The event's present name. Subject, which rules know as sys.Label, is the same."),
            ["cloudEvents:subject"] = Text("The stream's version after the event, in digits."),
            ["cloudEvents:time"] = Text("When the event was decided, UTC.", format: "date-time"),
            ["schemaVersion"] = Number("The schema version that the data in the body have."),
            ["streamVersion"] = Number("The stream's version after the event; a gap between two messages of a session is a message that is still to come."),
            ["tenant"] = Text("The tenant, where it is not the default one."),
            ["traceparent"] = Text("W3C trace context, where the command had one."),
            ["process"] = Text("The process that leads what the event belongs to, where it is known: order-saga or order-choreography for an order."),
        },
        ["required"] = new JsonArray(
            "cloudEvents:specversion", "cloudEvents:id", "cloudEvents:source", "cloudEvents:type", "cloudEvents:subject", "cloudEvents:time",
            "schemaVersion", "streamVersion"),
    };

    private static JsonObject Text(string description, string? format = null)
    {
        var schema = new JsonObject { ["type"] = "string", ["description"] = description };
        if (format is not null)
        {
            schema.Insert(1, "format", format);
        }

        return schema;
    }

    private static JsonObject Number(string description) => new() { ["type"] = "integer", ["minimum"] = 1, ["description"] = description };
}
