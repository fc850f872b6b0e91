namespace EventFunctions.Local.Host.Serving;

/// <summary>What is printed once everything is up.</summary>
internal static class Banner
{
    /// <summary>Prints it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="runtime">What is up.</param>
    /// <param name="withPhases">Whether the phases of the start are shown.</param>
    public static async Task PrintAsync(TextWriter output, LocalRuntime runtime, bool withPhases)
    {
        await output.WriteLineAsync($"""
            EventFunctions is up after {runtime.Timeline.Total.TotalSeconds:0.0} s.

              API          {new Uri(runtime.AppAddress, "api/")}
              health       {new Uri(runtime.AppAddress, "api/health")}
              payments     {new Uri(runtime.SandboxAddress, "payments/")}  (sandbox; books: {new Uri(runtime.SandboxAddress, "payments/ledger")})
              carrier      {new Uri(runtime.SandboxAddress, "carrier/")}  (sandbox; parcels: {new Uri(runtime.SandboxAddress, "carrier/shipments")})
              mails        {new Uri(runtime.SandboxAddress, "mail/")}  (sandbox; what was sent: {new Uri(runtime.SandboxAddress, "mail/mails")})
              Cosmos DB    {runtime.CosmosConnectionString}

            {(runtime.DataFolder is { } folder ? $"State is in {folder}." : "State is in memory and gone after the stop.")}
            """);
        if (withPhases)
        {
            foreach (var phase in runtime.Timeline.Phases)
            {
                await output.WriteLineAsync($"  {phase.Name,-36} {phase.Duration.TotalMilliseconds,7:0} ms");
            }
        }

        await output.WriteLineAsync("Ctrl+C stops it.");
    }
}
