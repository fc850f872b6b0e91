using EventFunctions.Local.Journal;

namespace EventFunctions.Local.Cosmos.Store;

/// <summary>Frees the memory of expired items in the background. Nobody sees them from the moment they fall due, so it may be late.</summary>
internal sealed class ExpirySweep : IAsyncDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private const int AtOnce = 1000;

    private readonly Account _account;
    private readonly PeriodicTimer _timer;
    private readonly Task _running;

    public ExpirySweep(Account account, TimeProvider clock)
    {
        _account = account;
        _timer = new PeriodicTimer(Interval, clock);
        _running = RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _running;
    }

    private async Task RunAsync()
    {
        while (await _timer.WaitForNextTickAsync())
        {
            try
            {
                await SweepAsync();
            }
            catch (JournalFailedException)
            {
                // Nothing can be removed until the journal takes records again, and readers don't see what has expired anyway.
            }
        }
    }

    private async Task SweepAsync()
    {
        foreach (var container in _account.Databases.SelectMany(_account.Containers))
        {
            while (container.RemoveExpired(AtOnce) == AtOnce)
            {
                await Task.Yield();
            }
        }
    }
}
