using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using EventFunctions.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Local.Cosmos.Tests.JavaScript;

/// <summary>The contracts of <c>contract.mjs</c>, run once by Node.js against an endpoint of their own.</summary>
public sealed partial class JavaScriptContract : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private CosmosEndpoint? _endpoint;
    private Dictionary<string, string?> _outcomes = [];

    /// <summary>The folder of the script and its packages.</summary>
    public static string Folder { get; } = Path.Combine(RepositoryRoot.Path, "tests", "Cosmos", "JavaScript");

    /// <summary>Why it can't run; null where it can.</summary>
    internal static string? Missing { get; } = NodePackages.WhyMissing(Folder, "tests/Cosmos/JavaScript");

    /// <summary>What the script has, by name.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Contract().Matches(File.ReadAllText(Path.Combine(Folder, "contract.mjs"))).Select(m => m.Groups["name"].Value)];

    /// <summary>What went wrong with a contract; null where it holds.</summary>
    public string? OutcomeOf(string name) =>
        _outcomes.TryGetValue(name, out var error) ? error : $"The script ended before it came to '{name}'.{Environment.NewLine}{Errors}";

    /// <summary>What the script wrote on standard error.</summary>
    public string Errors { get; private set; } = string.Empty;

    public async Task InitializeAsync()
    {
        if (Missing is not null)
        {
            return;
        }

        _endpoint = await CosmosEndpoint.StartAsync(new CosmosEndpointOptions(), TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        using var deadline = new CancellationTokenSource(Patience);
        using var node = Process.Start(new ProcessStartInfo("node", ["contract.mjs", _endpoint.ConnectionString])
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(deadline.Token), node.StandardError.ReadToEndAsync(deadline.Token));
        try
        {
            _outcomes = Read(await output);
            Errors = await errors;
            await node.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException exception)
        {
            node.Kill();
            throw new TimeoutException($"The contracts of the JavaScript SDK were not through after {Patience.TotalMinutes:0} minutes.", exception);
        }
    }

    public async Task DisposeAsync()
    {
        if (_endpoint is not null)
        {
            await _endpoint.DisposeAsync();
        }
    }

    private static Dictionary<string, string?> Read(string lines) => lines
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonDocument.Parse(line).RootElement)
        .ToDictionary(line => line.GetProperty("name").GetString()!, line => line.GetProperty("error").GetString(), StringComparer.Ordinal);

    [GeneratedRegex(@"^contract\('(?<name>[^']+)'", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Contract();
}
