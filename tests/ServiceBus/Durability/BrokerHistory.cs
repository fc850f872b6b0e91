using System.Globalization;
using Azure.Messaging.ServiceBus;
using EventFunctions.Local.Journal;
using EventFunctions.Local.Journal.Compaction;
using EventFunctions.Local.ServiceBus.Durability;
using EventFunctions.Tests.Support;
using EventFunctions.Tests.Support.Disks;

namespace EventFunctions.Local.ServiceBus.Tests.Durability;

/// <summary>A broker on a simulated disk, and what it looked like after each step.</summary>
internal sealed class BrokerHistory(Random random) : IDisposable
{
    private static readonly JournalOptions Options = new() { SegmentBytes = 8192, Compaction = new CompactionPolicy { MinBytes = long.MaxValue / 4 } };

    private readonly SimulatedDisk _disk = new(new Random(random.Next()));
    private readonly ManualTimeProvider _clock = new();
    private readonly List<(string Image, Task Safe)> _steps = [];
    private readonly BrokerActions _actions = new(random);
    private DurableJournal _journal = null!;
    private EntityCatalogue _catalogue = null!;
    private bool _isServing;

    public void Dispose() => _catalogue.Dispose();

    public async Task OpenAsync()
    {
        _isServing = false;
        while (true)
        {
            var log = new JournalBrokerLog();
            _catalogue = new EntityCatalogue(new RecordingLog(log, Note), _clock);
            try
            {
                _journal = await DurableJournal.OpenAsync(_disk.Open(), Options, new BrokerReplay(_catalogue).Take, CancellationToken.None);
                log.Begin(_journal);
                break;
            }
            catch (IOException failed) when (failed is not JournalUnreadableException)
            {
                _catalogue.Dispose();
                _disk.Restart();
            }
        }

        Compare(BrokerImage.Of(_catalogue));
        _isServing = true;
        await ToleratingAsync(() =>
        {
            _catalogue.Resume(releaseLocks: false);
            return Task.CompletedTask;
        });
    }

    public async Task TakeAsync(BrokerCrashProperties.Step step)
    {
        switch (step)
        {
            case BrokerCrashProperties.Step.Act:
                for (var i = random.Next(8); i >= 0; i--)
                {
                    await ToleratingAsync(() => _actions.DoAsync(_catalogue, _clock.GetUtcNow()));
                }

                break;
            case BrokerCrashProperties.Step.Administer:
                await ToleratingAsync(() => _actions.AdministerAsync(_catalogue));
                break;
            case BrokerCrashProperties.Step.PassTime:
                _clock.Advance(TimeSpan.FromSeconds(random.Next(40)));
                break;
            case BrokerCrashProperties.Step.Compact:
                await ToleratingAsync(CompactAsync);
                break;
            case BrokerCrashProperties.Step.WaitForAll:
                await ToleratingAsync(() => Task.WhenAll(_steps.Select(c => c.Safe)));
                break;
            case BrokerCrashProperties.Step.FillDisk:
                _disk.FailNext(DiskFault.FullDisk);
                break;
            case BrokerCrashProperties.Step.FailSync:
                _disk.FailNext(DiskFault.FailedSync);
                break;
            case BrokerCrashProperties.Step.LosePowerSoon:
                _disk.LosePowerAfter(random.Next(10));
                break;
            case BrokerCrashProperties.Step.LosePower:
                await ReopenAsync(_disk.Restart);
                break;
            case BrokerCrashProperties.Step.Kill:
                await ReopenAsync(() => { });
                break;
        }

        if (_journal.Failure is not null && random.Next(2) == 0)
        {
            await ReopenAsync(() => { });
        }
    }

    private void Note(Task safe)
    {
        if (_isServing)
        {
            _steps.Add((BrokerImage.Of(_catalogue), safe));
        }
    }

    /// <summary>What is found is what some prefix of the steps has made, and one that holds all that were acknowledged.</summary>
    private void Compare(string found)
    {
        if (_steps.Count > 0)
        {
            var acknowledged = _steps.FindLastIndex(s => s.Safe.IsCompletedSuccessfully);
            var at = _steps.FindLastIndex(s => s.Image == found);
            Assert.True(
                at >= acknowledged,
                string.Create(CultureInfo.InvariantCulture, $"{_steps.Count} steps, {acknowledged} acknowledged; what is found was there after {at}.\nFound:\n{found}\nLast:\n{_steps[^1].Image}"));
            _steps.Clear();
        }

        _steps.Add((found, Task.CompletedTask));
    }

    private async Task CompactAsync()
    {
        await using var snapshot = _journal.BeginSnapshot();
        new BrokerSnapshot(snapshot, CancellationToken.None).Write(_catalogue);
        await snapshot.CommitAsync(CancellationToken.None);
    }

    private async Task ReopenAsync(Action afterEnd)
    {
        _disk.Open().Dispose();
        _catalogue.Dispose();
        await _journal.DisposeAsync();
        await ToleratingAsync(() => Task.WhenAll(_steps.Select(c => c.Safe)));
        afterEnd();
        await OpenAsync();
    }

    private static async Task ToleratingAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception failed) when (failed is IOException or ServiceBusException { InnerException: IOException })
        {
            // The disk did what the history told it to; what counts is what is found afterwards.
        }
    }
}
