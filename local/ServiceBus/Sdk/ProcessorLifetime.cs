#nullable disable

namespace Azure.Messaging.ServiceBus;

/// <summary>Starts and stops a processor's work; stopping waits for what is running.</summary>
internal sealed class ProcessorLifetime(Func<CancellationToken, Task> work) : IDisposable
{
    private readonly SemaphoreSlim _changing = new(1, 1);
    private CancellationTokenSource _stop;
    private Task _running;

    public bool IsRunning => Volatile.Read(ref _running) is not null;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken);
        try
        {
            if (_running is not null)
            {
                throw new InvalidOperationException("The processor is running already.");
            }

            _stop = new CancellationTokenSource();
            var token = _stop.Token;
            _running = Task.Run(() => work(token), CancellationToken.None);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Stops taking in and waits for what is running. Cancelling gives up the wait, not the stop.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken);
        try
        {
            if (_running is null)
            {
                return;
            }

            var told = _stop.CancelAsync();
            await _running.WaitAsync(cancellationToken);
            Volatile.Write(ref _running, null);
            await told; // fails if the application's own callbacks did, which is no reason not to wait for its handlers
            _stop.Dispose();
        }
        finally
        {
            _changing.Release();
        }
    }

    public void Dispose() => _changing.Dispose();
}
