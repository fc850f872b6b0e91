using System.Text.Json.Nodes;

namespace EventFunctions.CatalogGenerator.OpenApi;

/// <summary>
/// How the host refuses a call of an operators' operation that has no valid key. The app is not asked, so there are neither problem details
/// nor headers of the app's; see https://learn.microsoft.com/azure/azure-functions/function-keys-how-to.
/// </summary>
internal static class KeyRefusal
{
    private const string Name = "no-function-key";

    /// <summary>The answer where an operation has it.</summary>
    public static JsonObject Reference() => new() { ["$ref"] = $"#/components/responses/{Name}" };

    /// <summary>The answer, once for all.</summary>
    public static KeyValuePair<string, JsonNode?> Shared() => KeyValuePair.Create<string, JsonNode?>(
        Name, new JsonObject { ["description"] = "The call has no valid key. The host of the functions says so, without a body." });
}
