using System.Text.Encodings.Web;
using System.Text.Json;

namespace EventFunctions.Local.Cosmos.Store;

/// <summary>How a patched item is written back: not escaped for HTML.</summary>
internal static class PatchJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,

        // Each step may put a value as deep as an item into the depth of the last one; the result is measured when it is read again.
        MaxDepth = (ItemPatch.MaxOperations + 1) * ItemDocument.MaxDepth,
    };
}
