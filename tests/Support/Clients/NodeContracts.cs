using System.Text.RegularExpressions;

namespace EventFunctions.Tests.Support.Clients;

/// <summary>The contracts in a <c>contract.mjs</c>, which Node.js runs against an endpoint.</summary>
/// <param name="path">The folder of the script and its <c>package.json</c>, from the root of the repository, with slashes.</param>
public sealed partial class NodeContracts(string path)
{
    private const string Script = "contract.mjs";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly string _folder = Path.Combine([RepositoryRoot.Path, .. path.Split('/')]);

    /// <summary>Why the script can't run, and what to do; null where it can.</summary>
    public string? Missing => NodePackages.WhyMissing(_folder, path);

    /// <summary>What the script has, by name.</summary>
    public IReadOnlyList<string> Names =>
        [.. Contract().Matches(File.ReadAllText(Path.Combine(_folder, Script))).Select(m => m.Groups["name"].Value)];

    /// <summary>Runs the script to its end.</summary>
    /// <param name="connectionStrings">The endpoint.</param>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    public Task<ContractOutcomes> RunAsync(params IEnumerable<string> connectionStrings) =>
        ClientProcess.RunAsync("node", [Script, .. connectionStrings], _folder, Patience);

    [GeneratedRegex(@"^contract\('(?<name>[^']+)'", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Contract();
}
