using System.Text.Json;
using System.Text.Json.Nodes;
using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Wire;

/// <summary>Reads the body of a patch: <c>{"condition": "from c where …", "operations": [{"op", "path", "value" | "from"}]}</c>.</summary>
internal static class PatchBody
{
    /// <exception cref="RequestRefusedException">It is not such a body.</exception>
    public static ItemPatch Read(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var json = JsonDocument.Parse(utf8, ItemDocument.ReadOptions);
            StrictText.ThrowIfBroken(utf8.Span, json.RootElement);
            return Read(json.RootElement);
        }
        catch (JsonException broken)
        {
            throw Bad($"The patch is not valid JSON: {broken.Message}");
        }
    }

    private static ItemPatch Read(JsonElement root)
    {
        var operations = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("operations", out var listed) ? listed : root;
        if (operations.ValueKind != JsonValueKind.Array || operations.GetArrayLength() is 0 or > ItemPatch.MaxOperations)
        {
            throw Bad($"A patch must have an array of 1 to {ItemPatch.MaxOperations} operations.");
        }

        return new ItemPatch([.. operations.EnumerateArray().Select(ReadStep)], ReadCondition(root));
    }

    private static Func<JsonElement, bool>? ReadCondition(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("condition", out var condition) && condition.ValueKind == JsonValueKind.String
            ? PatchCondition.Compile(condition.GetString()!)
            : null;

    private static PatchStep ReadStep(JsonElement step)
    {
        if (step.ValueKind != JsonValueKind.Object)
        {
            throw Bad("A patch operation must be a JSON object.");
        }

        var path = Pointer(step, "path");
        return Text(step, "op") switch
        {
            "add" => new PatchStep.Add(path, Value(step)),
            "set" => new PatchStep.Set(path, Value(step)),
            "replace" => new PatchStep.Replace(path, Value(step)),
            "remove" => new PatchStep.Remove(path),
            "incr" or "increment" => new PatchStep.Increment(path, Number(step)),
            "move" => new PatchStep.Move(Pointer(step, "from"), path),
            var other => throw Bad($"The patch operation '{other}' is not supported."),
        };
    }

    private static JsonPointer Pointer(JsonElement step, string name) =>
        JsonPointer.TryParse(Text(step, name)) is not { } pointer
            ? throw Bad($"The '{name}' of a patch operation must be a path like /a/b.")
            : pointer.Segments[0] is "id" or "_rid" or "_self" or "_etag" or "_ts" or "_attachments"
                ? throw Bad($"A patch can't change '{pointer}'.")
                : pointer;

    private static string? Text(JsonElement step, string name) =>
        step.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonNode? Value(JsonElement step) =>
        step.TryGetProperty("value", out var value)
            ? JsonNode.Parse(value.GetRawText(), documentOptions: ItemDocument.TreeOptions)
            : throw Bad("A patch operation that sets something must have a 'value'.");

    private static JsonElement Number(JsonElement step) =>
        step.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.Number
            ? value.Clone()
            : throw Bad("The 'value' of an increment must be a number.");

    private static RequestRefusedException Bad(string message) => new(400, 0, message);
}
