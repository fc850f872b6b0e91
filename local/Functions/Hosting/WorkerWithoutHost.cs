using Microsoft.Extensions.Hosting;

namespace EventFunctions.Local.Functions.Hosting;

/// <summary>What a function app finds when it is started by itself: triggers belong to a host, and there is none.</summary>
internal sealed class WorkerWithoutHost : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        throw new InvalidOperationException(
            "A function app is served by a host and can't run by itself. Start it with 'dotnet run --project local/Host', "
            + "or build it with -p:FunctionsRuntime=azure and use the Azure Functions Core Tools.");

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
