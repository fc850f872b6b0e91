using EventFunctions.Tests.Support.Disks;

namespace EventFunctions.Local.Journal.Tests;

/// <summary>A journal on a simulated disk, and what a client of it knows.</summary>
internal sealed class History(Random random)
{
    private readonly SimulatedDisk _disk = new(new Random(random.Next()));
    private readonly List<(int Number, Task Done)> _appended = [];
    private DurableJournal? _journal;

    public async Task TakeAsync(CrashProperties.Step step)
    {
        switch (step)
        {
            case CrashProperties.Step.Append:
                Append(random.Next(100));
                break;
            case CrashProperties.Step.AppendMany:
                for (var i = random.Next(1, 50); i > 0; i--)
                {
                    Append(random.Next(100));
                }

                break;
            case CrashProperties.Step.AppendLarge:
                Append(random.Next(100_000));
                break;
            case CrashProperties.Step.Flush:
                await ToleratingFailureAsync(() => _journal!.FlushAsync());
                break;
            case CrashProperties.Step.Compact:
                await ToleratingFailureAsync(() => CompactAsync(appendMeanwhile: false));
                break;
            case CrashProperties.Step.CompactWhileAppending:
                await ToleratingFailureAsync(() => CompactAsync(appendMeanwhile: true));
                break;
            case CrashProperties.Step.LosePower:
                await ReopenAsync(_disk.Restart);
                break;
            case CrashProperties.Step.LosePowerSoon:
                _disk.LosePowerAfter(random.Next(12));
                break;
            case CrashProperties.Step.Kill:
                // The system lives on, and with it what it has in memory.
                await ReopenAsync(() => { });
                break;
            case CrashProperties.Step.FillDisk:
                _disk.FailNext(DiskFault.FullDisk);
                break;
            case CrashProperties.Step.FailSync:
                _disk.FailNext(DiskFault.FailedSync);
                break;
            case CrashProperties.Step.Close:
                await CloseAsync();
                await ReopenAsync(() => { });
                break;
        }
    }

    public async Task OpenAsync()
    {
        List<int> found;
        while (true)
        {
            try
            {
                // Small segments, so that there are many.
                (_journal, found) = await Given.OpenAsync(_disk.Open(), Given.Options with { SegmentBytes = 4096 });
                break;
            }
            catch (IOException failed) when (failed is not JournalUnreadableException)
            {
                // The disk or the power failed while it was opened; another try has to find the same.
                if (failed.Message.Contains("power", StringComparison.Ordinal))
                {
                    _disk.Restart();
                }
            }
        }

        var acknowledged = _appended.FindLastIndex(a => a.Done.IsCompletedSuccessfully) + 1;
        Assert.InRange(found.Count, acknowledged, _appended.Count);
        Assert.Equal(_appended.Take(found.Count).Select(a => a.Number), found);

        // What has been recovered is safe from then on.
        _appended.Clear();
        _appended.AddRange(found.Select(n => (n, Task.CompletedTask)));
    }

    private void Append(int length)
    {
        if (_journal!.Failure is null)
        {
            var number = _appended.Count == 0 ? 1 : _appended[^1].Number + 1;
            try
            {
                _appended.Add((number, Given.AppendAsync(_journal, number, length)));
            }
            catch (JournalFailedException)
            {
                // It failed in between; the record was not taken.
            }
        }
    }

    private async Task CompactAsync(bool appendMeanwhile)
    {
        await using var snapshot = _journal!.BeginSnapshot();
        foreach (var (number, _) in _appended.ToList())
        {
            snapshot.Write(Given.Kind, Given.Payload(number, random.Next(60)));
            if (appendMeanwhile && random.Next(4) == 0)
            {
                Append(random.Next(100));
            }
        }

        await snapshot.CommitAsync(CancellationToken.None);
    }

    private async Task ReopenAsync(Action afterEnd)
    {
        // A process that ends without closing: its thread fails at the next call, as the folder is another's by then.
        _disk.Open().Dispose();
        await CloseAsync();
        afterEnd();
        await OpenAsync();
    }

    private async Task CloseAsync()
    {
        await _journal!.DisposeAsync();
        await Task.WhenAll(_appended.Select(a => a.Done)).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private static async Task ToleratingFailureAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (IOException)
        {
            // The disk did what the history told it to; what counts is what is found afterwards.
        }
    }
}
