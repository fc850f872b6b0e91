using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace EventFunctions.Local.Functions.Discovery;

/// <summary>Reads the settings one function's bindings refer to, and gathers what is wrong with the function.</summary>
internal sealed partial class FunctionSettings(string function, IConfiguration configuration, ICollection<string> problems)
{
    public void Problem(string text) => problems.Add($"Function '{function}': {text}");

    /// <summary>Replaces each <c>%Name%</c> by the setting of that name.</summary>
    public string Resolve(string value, string what) => SettingReference().Replace(value, match =>
    {
        var name = match.Groups["name"].Value;
        if (configuration[Key(name)] is { Length: > 0 } setting)
        {
            return setting;
        }

        Problem($"{what} is '{value}', but there is no setting '{name}'. Add it to the app's settings.");
        return match.Value;
    });

    public string? ResolveOptional(string? value, string what) => string.IsNullOrEmpty(value) ? null : Resolve(value, what);

    /// <summary>Returns the connection string under a connection's name.</summary>
    public string ConnectionString(string? name, string defaultName)
    {
        var key = ConnectionName(name, defaultName);
        if (configuration[Key(key)] is { Length: > 0 } connectionString)
        {
            return connectionString;
        }

        Problem(configuration.GetSection(Key(key)).GetChildren().Any()
            ? $"connection '{key}' is an identity-based one, which needs Azure. Set '{key}' to a connection string to run locally."
            : $"there is no connection '{key}'. Set '{key}' to a connection string.");
        return string.Empty;
    }

    /// <summary>Checks that a connection is there in either form; the client itself comes from elsewhere.</summary>
    public void RequireConnection(string? name, string defaultName)
    {
        var key = ConnectionName(name, defaultName);
        if (configuration[Key(key)] is not { Length: > 0 } && configuration[$"{Key(key)}:fullyQualifiedNamespace"] is not { Length: > 0 })
        {
            Problem($"there is no connection '{key}'. Set '{key}' to a connection string, or '{key}__fullyQualifiedNamespace'.");
        }
    }

    private string ConnectionName(string? name, string defaultName) => ResolveOptional(name, "the connection's name") ?? defaultName;

    private static string Key(string name) => name.Replace("__", ":");

    [GeneratedRegex("%(?<name>[^%]+)%", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SettingReference();
}
