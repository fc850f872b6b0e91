using EventFunctions.Tests.Support.Clients;

namespace EventFunctions.Local.ServiceBus.Amqp.Tests.JavaScript;

/// <summary>The contracts of <c>contract.mjs</c>, run once by Node.js against an endpoint of their own.</summary>
public sealed class JavaScriptContract : IAsyncLifetime
{
    private static readonly NodeContracts Script = new("tests/ServiceBus.Amqp/JavaScript");
    private TestEndpoint? _endpoint;

    /// <summary>Why it can't run; null where it can.</summary>
    internal static string? Missing { get; } = Script.Missing;

    /// <summary>What the script has, by name.</summary>
    public static IReadOnlyList<string> Names { get; } = Script.Names;

    /// <summary>What came of the contracts.</summary>
    public ContractOutcomes Outcomes { get; private set; } = ContractOutcomes.None;

    public async Task InitializeAsync()
    {
        if (Missing is null)
        {
            _endpoint = await TestEndpoint.StartAsync();
            Outcomes = await Script.RunAsync(_endpoint.ConnectionStrings);
        }
    }

    public async Task DisposeAsync()
    {
        if (_endpoint is not null)
        {
            await _endpoint.DisposeAsync();
        }
    }
}
