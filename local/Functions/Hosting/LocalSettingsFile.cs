using System.Text.Json;

namespace EventFunctions.Local.Functions.Hosting;

/// <summary>Reads local.settings.json as the Azure Functions Core Tools do: its <c>Values</c> are the app's settings.</summary>
internal static class LocalSettingsFile
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The settings by name; none if there is no file.</summary>
    /// <exception cref="FunctionsStartupException">It can't be read, is encrypted, or a value is an object or a list.</exception>
    public static IReadOnlyDictionary<string, string> Load(string? path)
    {
        try
        {
            return path is null || !File.Exists(path) ? new Dictionary<string, string>() : Parse(File.ReadAllText(path), path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FunctionsStartupException($"local.settings.json can't be read from '{path}': {exception.Message}", exception);
        }
    }

    private static Dictionary<string, string> Parse(string json, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Lenient);
            var problems = new List<string>();
            var settings = Read(document.RootElement, problems);
            return problems.Count == 0
                ? settings
                : throw new FunctionsStartupException([.. problems.Select(problem => $"local.settings.json at '{path}': {problem}")]);
        }
        catch (JsonException exception)
        {
            throw new FunctionsStartupException($"local.settings.json at '{path}' is not JSON: {exception.Message}", exception);
        }
    }

    private static Dictionary<string, string> Read(JsonElement root, List<string> problems)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (root.ValueKind != JsonValueKind.Object)
        {
            problems.Add("it must be an object with the member 'Values'.");
            return settings;
        }

        if (root.TryGetProperty("IsEncrypted", out var encrypted) && encrypted.ValueKind == JsonValueKind.True)
        {
            problems.Add("its values are encrypted. Decrypt them with 'func settings decrypt'.");
            return settings;
        }

        if (!root.TryGetProperty("Values", out var values))
        {
            return settings;
        }

        if (values.ValueKind != JsonValueKind.Object)
        {
            problems.Add("'Values' must be an object of names and texts.");
            return settings;
        }

        foreach (var value in values.EnumerateObject())
        {
            if (value.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                problems.Add($"'Values.{value.Name}' must be a text. Write parts as settings of their own, e.g. '{value.Name}__Part'.");
            }
            else if (value.Value.ValueKind != JsonValueKind.Null)
            {
                settings[value.Name] = value.Value.ToString();
            }
        }

        return settings;
    }
}
