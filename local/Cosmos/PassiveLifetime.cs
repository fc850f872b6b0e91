using Microsoft.Extensions.Hosting;

namespace EventFunctions.Local.Cosmos;

/// <summary>Leaves the process's signals to the process: an endpoint ends when its owner disposes of it, and never on its own.</summary>
internal sealed class PassiveLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
