using System.Text.Json.Nodes;
using EventFunctions.EventSourcing;

namespace EventFunctions.Domain;

/// <summary>How erased values are described.</summary>
internal static class ErasedForm
{
    /// <summary>The form of a value that may be erased.</summary>
    /// <param name="schema">The form of the value itself.</param>
    public static JsonObject Or(JsonObject schema) => new()
    {
        ["anyOf"] = new JsonArray(schema, new JsonObject { ["const"] = ErasedText.Value, ["description"] = "The value is erased." }),
    };
}
