using System.Text.RegularExpressions;
using EventFunctions.Tests.Support;

namespace EventFunctions.Local.ServiceBus.Amqp.Tests.JavaScript;

/// <summary>The contracts of <c>contract.mjs</c>, run once by Node.js against an endpoint of their own.</summary>
public sealed partial class JavaScriptContract : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private TestEndpoint? _endpoint;
    private Dictionary<string, string?> _outcomes = [];

    /// <summary>The folder of the script and its packages.</summary>
    public static string Folder { get; } = Path.Combine(RepositoryRoot.Path, "tests", "ServiceBus.Amqp", "JavaScript");

    /// <summary>Why it can't run; null where it can.</summary>
    internal static string? Missing { get; } = NodePackages.WhyMissing(Folder, "tests/ServiceBus.Amqp/JavaScript");

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

        _endpoint = await TestEndpoint.StartAsync();
        var run = await ClientProcess.RunAsync("node", ["contract.mjs", .. _endpoint.ConnectionStrings], Folder, Patience);
        _outcomes = ClientProcess.Outcomes(run.Output);
        Errors = run.Errors;
    }

    public async Task DisposeAsync()
    {
        if (_endpoint is not null)
        {
            await _endpoint.DisposeAsync();
        }
    }

    [GeneratedRegex(@"^contract\('(?<name>[^']+)'", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Contract();
}
