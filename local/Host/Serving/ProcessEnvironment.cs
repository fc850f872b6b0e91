using System.Collections;

namespace EventFunctions.Local.Host.Serving;

/// <summary>The environment variables of this process, each a possible setting of the app, as on Azure.</summary>
internal static class ProcessEnvironment
{
    /// <summary>Reads them all.</summary>
    public static IReadOnlyDictionary<string, string> Read()
    {
        var variables = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? string.Empty;
        }

        return variables;
    }
}
