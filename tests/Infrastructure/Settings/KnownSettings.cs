using System.Text.Json;
using EventFunctions.Infrastructure.Tests.App;
using EventFunctions.Infrastructure.Tests.Repository;

namespace EventFunctions.Infrastructure.Tests.Settings;

/// <summary>Who reads which setting.</summary>
public sealed class KnownSettings
{
    private const string HostJsonPrefix = "AzureFunctionsJobHost__";

    private readonly JsonElement _host = JsonDocument.Parse(File.ReadAllText(RepositoryFiles.Full("host.json"))).RootElement;
    private readonly HashSet<string> _platform;
    private readonly HashSet<string> _connectionProperties;

    /// <summary>Reads the table of what the platform reads, and lets the app read its own.</summary>
    public KnownSettings()
    {
        using var table = JsonDocument.Parse(File.ReadAllText(RepositoryFiles.Full("tests/Infrastructure/Settings/platform-settings.json")));
        _platform = NamesIn(table, "settings");
        _connectionProperties = NamesIn(table, "connections");
        OfApp = AppSettings.Read();
        Connections = [.. AppFunctions.Connections(), .. ConnectionsIn(_host), "AzureWebJobsStorage"];
    }

    /// <summary>The settings of the app's own options.</summary>
    public IReadOnlySet<string> OfApp { get; }

    /// <summary>The connections that triggers, host.json and the host itself name.</summary>
    public IReadOnlyList<string> Connections { get; }

    /// <summary>Whether somebody reads a setting.</summary>
    public bool IsRead(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var steps = name.Split("__");
        return IsReadByApp(name)
            || _platform.Contains(name)
            || AppFunctions.PercentSettings().Contains(name)
            || Connections.Contains(name)
            || (steps is [var connection, var property] && Connections.Contains(connection) && _connectionProperties.Contains(property))
            || (name.StartsWith(HostJsonPrefix, StringComparison.Ordinal) && IsInHostJson(steps[1..]));
    }

    /// <summary>Whether the app's options read it, by itself or as an entry of any name.</summary>
    public bool IsReadByApp(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return OfApp.Contains(name) || (name.Split("__") is [var section, var setting, _] && OfApp.Contains($"{section}__{setting}__*"));
    }

    /// <summary>A setting can take the place of one that host.json has, and is lost where it has none.</summary>
    private bool IsInHostJson(IEnumerable<string> path)
    {
        var element = _host;
        return path.All(step => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(step, out element));
    }

    private static IEnumerable<string> ConnectionsIn(JsonElement element) => element.ValueKind != JsonValueKind.Object
        ? []
        : element.EnumerateObject().SelectMany(p => p.Name is "connectionStringName" or "connectionName" ? [p.Value.GetString()!] : ConnectionsIn(p.Value));

    private static HashSet<string> NamesIn(JsonDocument table, string kind) =>
        [.. table.RootElement.GetProperty(kind).EnumerateArray().Select(s => s.GetProperty("name").GetString()!)];
}
