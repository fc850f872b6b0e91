using System.Runtime.InteropServices;
using System.Text.Json;

namespace EventFunctions.Local.Functions.Cosmos;

/// <summary>Takes the documents out of a page of the change feed.</summary>
internal static class ChangedDocuments
{
    /// <summary>Returns the documents as a JSON array.</summary>
    public static async Task<BinaryData> ReadAsync(Stream page, CancellationToken cancellationToken)
    {
        using var document = await JsonDocument.ParseAsync(page, cancellationToken: cancellationToken);
        // The gateway answers with an envelope around the documents.
        var documents = document.RootElement.ValueKind == JsonValueKind.Array
            ? document.RootElement
            : document.RootElement.GetProperty("Documents");
        return BinaryData.FromBytes(JsonMarshal.GetRawUtf8Value(documents).ToArray());
    }
}
