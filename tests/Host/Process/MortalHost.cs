namespace EventFunctions.Local.Host.Tests.Process;

/// <summary>A host on one folder that is killed at random and started again.</summary>
/// <param name="folder">Where it keeps its state.</param>
internal sealed class MortalHost(string folder) : IDisposable
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<HostProcess> _up = NewTurn();

    /// <summary>How often it was killed.</summary>
    public int Kills { get; private set; }

    /// <summary>The app's address, once the host is up.</summary>
    public async Task<Uri> AppAsync(CancellationToken cancellationToken) => await (await UpAsync(cancellationToken)).IsUpAsync();

    /// <summary>The sandbox's address, once the host is up.</summary>
    public async Task<Uri> SandboxAsync(CancellationToken cancellationToken)
    {
        var host = await UpAsync(cancellationToken);
        await host.IsUpAsync();
        return host.AddressOf("payments");
    }

    /// <summary>Starts it, and then kills and starts it until it was killed so often or is to stop; it is up at the end.</summary>
    /// <param name="kills">How often.</param>
    /// <param name="random">Decides how long it lives.</param>
    /// <param name="stop">Leaves it as it is.</param>
    public async Task LiveAsync(int kills, Random random, CancellationToken stop)
    {
        while (true)
        {
            var host = HostProcess.Start("--data", folder, "--log-level", "error");
            await host.IsUpAsync();
            lock (_gate)
            {
                _up.SetResult(host);
            }

#pragma warning disable CA5394 // A moment by chance, not a secret.
            var life = TimeSpan.FromMilliseconds(random.Next(200, 2500));
#pragma warning restore CA5394
            if (Kills == kills || stop.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(life, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested)
            {
                return;
            }

            lock (_gate)
            {
                _up = NewTurn();
            }

            await host.KillAsync();
            Kills++;
            host.Dispose();
        }
    }

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        if (_up.Task.IsCompletedSuccessfully)
        {
            _up.Task.Result.Dispose();
        }
    }

    private static TaskCompletionSource<HostProcess> NewTurn() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task<HostProcess> UpAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _up.Task.WaitAsync(cancellationToken);
        }
    }
}
