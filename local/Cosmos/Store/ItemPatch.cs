using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventFunctions.Local.Cosmos.Store;

/// <summary>A partial change of an item ("Partial document update in Azure Cosmos DB").</summary>
/// <param name="Operations">1 to <see cref="MaxOperations"/> steps, done in order.</param>
/// <param name="Condition">What must hold of the item before; <see langword="null"/> for nothing.</param>
internal sealed record ItemPatch(IReadOnlyList<PatchStep> Operations, Func<JsonElement, bool>? Condition)
{
    /// <summary>How many steps one patch may have.</summary>
    public const int MaxOperations = 10;
}

/// <summary>One step of a patch.</summary>
internal abstract record PatchStep(JsonPointer Path)
{
    /// <summary>Sets a member, or inserts into an array.</summary>
    public sealed record Add(JsonPointer Path, JsonNode? Value) : PatchStep(Path);

    /// <summary>Sets a member or an array's element, whether it is there or not.</summary>
    public sealed record Set(JsonPointer Path, JsonNode? Value) : PatchStep(Path);

    /// <summary>Sets what must be there.</summary>
    public sealed record Replace(JsonPointer Path, JsonNode? Value) : PatchStep(Path);

    /// <summary>Removes what must be there.</summary>
    public sealed record Remove(JsonPointer Path) : PatchStep(Path);

    /// <summary>Adds to a number; an absent one counts as 0.</summary>
    public sealed record Increment(JsonPointer Path, JsonElement By) : PatchStep(Path);

    /// <summary>Takes a value from another place.</summary>
    public sealed record Move(JsonPointer From, JsonPointer Path) : PatchStep(Path);
}

/// <summary>A path into a JSON document, RFC 6901.</summary>
internal sealed record JsonPointer(IReadOnlyList<string> Segments)
{
    public string Last => Segments[^1];

    /// <summary>Reads a pointer to something below the root.</summary>
    public static JsonPointer? TryParse(string? text) => text is ['/', _, ..]
        ? new JsonPointer([.. text[1..].Split('/').Select(s => s.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))])
        : null;

    /// <inheritdoc/>
    public override string ToString() => "/" + string.Join('/', Segments);
}
