using EventFunctions.EventSourcing;
using Microsoft.Extensions.Hosting;

namespace EventFunctions.PersonalData.MasterKeys;

/// <summary>Asks for the master key before the app takes work: without one nothing personal could be written or read.</summary>
/// <param name="masterKey">The master key.</param>
public sealed class MasterKeyAtStart(IMasterKey masterKey) : IHostedService
{
    /// <inheritdoc/>
    /// <exception cref="MasterKeyException">There is none that can be used; the message says why and what to do.</exception>
    public Task StartAsync(CancellationToken cancellationToken) => masterKey.CurrentVersionAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
