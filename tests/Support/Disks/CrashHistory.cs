using EventFunctions.Local.Journal;
using EventFunctions.Local.Journal.Compaction;
using EventFunctions.Local.Journal.Files;

namespace EventFunctions.Tests.Support.Disks;

/// <summary>
/// The lives of something that keeps its state in a journal, on a disk that fails, and what it looked like after each change of the present
/// life. What is found by the next life has to be what some prefix of the changes has made, and to hold all that was acknowledged.
/// </summary>
/// <param name="random">What may happen one way or another.</param>
/// <param name="open">Begins a life with what is in the folder.</param>
/// <param name="close">Ends it.</param>
/// <param name="image">What it looks like now; equal where it is equal.</param>
public sealed class CrashHistory(Random random, Func<IJournalFolder, Task> open, Func<ValueTask> close, Func<string> image)
{
    private readonly SimulatedDisk _disk = new(new Random(random.Next()));
    private readonly List<(string Image, Task Done)> _changes = [];

    /// <summary>Segments so small that a history fills several, and no compaction that the history does not ask for.</summary>
    public static JournalOptions Options { get; } =
        new() { SegmentBytes = 8192, Compaction = new CompactionPolicy { MinBytes = long.MaxValue / 4 } };

    /// <summary>What it looked like after the last change.</summary>
    public string LastImage => _changes[^1].Image;

    /// <summary>Begins a life, and holds what it finds against the one before.</summary>
    /// <exception cref="InvalidOperationException">It is nothing that was, or something acknowledged is lost.</exception>
    public async Task OpenAsync()
    {
        while (true)
        {
            try
            {
                await open(_disk.Open());
                break;
            }
            catch (IOException failed) when (failed is not JournalUnreadableException)
            {
                _disk.Restart();
            }
        }

        var found = image();
        var acknowledged = _changes.FindLastIndex(change => change.Done.IsCompletedSuccessfully);
        var at = _changes.FindLastIndex(change => change.Image == found);
        if (at < acknowledged)
        {
            throw new InvalidOperationException(
                $"Of {_changes.Count} changes number {acknowledged} was acknowledged; what is found {(at < 0 ? "was never there" : $"was there after {at}")}.");
        }

        _changes.Clear();
        _changes.Add((found, Task.CompletedTask));
    }

    /// <summary>Notes what it looks like with a change that was made, before it is known to be safe.</summary>
    /// <param name="done">Ends when the change is acknowledged.</param>
    public void Note(Task done) => _changes.Add((image(), done));

    /// <summary>Waits until every change is acknowledged, or has failed.</summary>
    public Task WaitForAllAsync() => ToleratingFailureAsync(() => Task.WhenAll(_changes.Select(change => change.Done)));

    /// <summary>Lets something happen.</summary>
    public Task SufferAsync(Mishap mishap)
    {
        switch (mishap)
        {
            case Mishap.FillDisk:
                _disk.FailNext(DiskFault.FullDisk);
                return Task.CompletedTask;
            case Mishap.FailSync:
                _disk.FailNext(DiskFault.FailedSync);
                return Task.CompletedTask;
            case Mishap.LosePowerSoon:
                _disk.LosePowerAfter(random.Next(10));
                return Task.CompletedTask;
            case Mishap.LosePower:
                return ReopenAsync(_disk.Restart);
            case Mishap.Kill:
                return ReopenAsync(static () => { });
            default:
                throw new ArgumentOutOfRangeException(nameof(mishap), mishap, "Nothing of that kind happens.");
        }
    }

    /// <summary>Does what may fail as the disk was told to; what counts is what is found afterwards.</summary>
    public static async Task ToleratingFailureAsync(Func<Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            await work();
        }
        catch (Exception failed) when (failed is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // What the history asked for.
        }
    }

    private async Task ReopenAsync(Action afterEnd)
    {
        _disk.Open().Dispose();
        await close();
        await WaitForAllAsync();
        afterEnd();
        await OpenAsync();
    }
}
