using System.Text.RegularExpressions;
using EventFunctions.Tests.Support;
using EventFunctions.Tests.Support.Clients;

namespace EventFunctions.Local.ServiceBus.Amqp.Tests.DotNetSdk;

/// <summary>The contracts of the program in <c>DotNet</c>, run once against an endpoint of their own.</summary>
public sealed partial class DotNetContract : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private TestEndpoint? _endpoint;

    /// <summary>What the program has, by name.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.EnumerateFiles(Folder, "*Contracts.cs").Order(StringComparer.Ordinal).SelectMany(file => Contract().Matches(File.ReadAllText(file))).Select(m => m.Groups["name"].Value)];

    /// <summary>Why it can't run; null where it can.</summary>
    internal static string? Missing { get; } = File.Exists(Program) ? null : "Run 'dotnet build tests/ServiceBus.Amqp/DotNet', which needs the package Azure.Messaging.ServiceBus.";

    private static string Folder => Path.Combine(RepositoryRoot.Path, "tests", "ServiceBus.Amqp", "DotNet");

    private static string Program => Path.Combine(Folder, "bin", "ServiceBusContract.dll");

    /// <summary>What came of the contracts.</summary>
    public ContractOutcomes Outcomes { get; private set; } = ContractOutcomes.None;

    public async Task InitializeAsync()
    {
        if (Missing is not null)
        {
            return;
        }

        _endpoint = await TestEndpoint.StartAsync();
        Outcomes = await ClientProcess.RunAsync(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Program, .. _endpoint.ConnectionStrings], Folder, Patience);
    }

    public async Task DisposeAsync()
    {
        if (_endpoint is not null)
        {
            await _endpoint.DisposeAsync();
        }
    }

    [GeneratedRegex("contracts\\.Add\\(\"(?<name>[^\"]+)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Contract();
}
