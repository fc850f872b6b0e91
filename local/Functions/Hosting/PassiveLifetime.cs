using Microsoft.Extensions.Hosting;

namespace EventFunctions.Local.Functions.Hosting;

/// <summary>Leaves the process's signals to whoever runs the app.</summary>
internal sealed class PassiveLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
