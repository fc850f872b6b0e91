using System.Text;
using System.Text.Json;
using EventFunctions.Local.Cosmos.Durability;
using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Local.Cosmos.Store.Provisioning;
using EventFunctions.Local.Journal;
using EventFunctions.Local.Journal.Compaction;
using EventFunctions.Tests.Support;
using EventFunctions.Tests.Support.Disks;

namespace EventFunctions.Local.Cosmos.Tests.Durability;

/// <summary>An account on a simulated disk, and what it looked like after each change.</summary>
internal sealed class StoreHistory(Random random)
{
    private static readonly JournalOptions Options = new() { SegmentBytes = 8192, Compaction = new CompactionPolicy { MinBytes = long.MaxValue / 4 } };

    private readonly SimulatedDisk _disk = new(new Random(random.Next()));
    private readonly ManualTimeProvider _clock = new();
    private readonly List<(string Image, Task Done)> _changes = [];
    private DurableJournal _journal = null!;
    private Account _account = null!;

    public async Task OpenAsync()
    {
        while (true)
        {
            try
            {
                var replay = new AccountReplay();
                _journal = await DurableJournal.OpenAsync(_disk.Open(), Options, replay.Take, CancellationToken.None);
                var log = new JournalLog(_journal);
                _account = new Account(rangesPerContainer: 2, replay.Build(log, _clock), log, _clock);
                break;
            }
            catch (IOException failed) when (failed is not JournalUnreadableException)
            {
                _disk.Restart();
            }
        }

        var found = AccountImage.Of(_account);
        if (_changes.Count == 0)
        {
            _changes.Add((found, Task.CompletedTask));
            return;
        }

        // Of the changes that follow each other on an account, what is found is what some prefix of them has made of it.
        var acknowledged = _changes.FindLastIndex(c => c.Done.IsCompletedSuccessfully);
        var at = _changes.FindLastIndex(c => c.Image == found);
        Assert.True(at >= acknowledged, $"{_changes.Count} changes, of which {acknowledged} were acknowledged; what is found was there after {at}");
        _changes.Clear();
        _changes.Add((found, Task.CompletedTask));
    }

    public async Task TakeAsync(StoreCrashProperties.Step step)
    {
        switch (step)
        {
            case StoreCrashProperties.Step.CreateDatabase:
                await DoAsync(() => _account.CreateDatabaseAsync(Name(), Throughput(), CancellationToken.None));
                break;
            case StoreCrashProperties.Step.DeleteDatabase when random.Next(4) == 0 && AnyDatabase() is { } database:
                await DoAsync(() => _account.DeleteDatabaseAsync(database, CancellationToken.None));
                break;
            case StoreCrashProperties.Step.CreateContainer when AnyDatabase() is { } database:
                await DoAsync(() => _account.CreateContainerAsync(database, Definition(Name()), Throughput(), CancellationToken.None));
                break;
            case StoreCrashProperties.Step.ReplaceThroughput when _account.Offers is { Count: > 0 } offers:
                await DoAsync(() => _account.ReplaceThroughputAsync(offers[random.Next(offers.Count)], Throughput() ?? ProvisionedThroughput.Default, CancellationToken.None));
                break;
            case StoreCrashProperties.Step.DeleteContainer when random.Next(3) == 0 && AnyContainer() is { } container:
                await DoAsync(() => _account.DeleteContainerAsync(container.Database, container.Container, CancellationToken.None));
                break;
            case StoreCrashProperties.Step.ReplaceContainer when AnyContainer() is { } container:
                Sweep(container.Container, int.MaxValue);
                await DoAsync(() => container.Container.ReplaceAsync(Definition(container.Container.Definition.Id), CancellationToken.None));
                break;
            case StoreCrashProperties.Step.Write when AnyContainer() is { } container:
                for (var i = random.Next(8); i >= 0; i--)
                {
                    var key = Key();
                    await DoAsync(() => container.Container.ExecuteAsync(key, [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Operation(key))], CancellationToken.None).AsTask());
                }

                break;
            case StoreCrashProperties.Step.PassTime:
                _clock.Advance(TimeSpan.FromSeconds(random.Next(40)));
                break;
            case StoreCrashProperties.Step.Sweep when AnyContainer() is { } container:
                Sweep(container.Container, random.Next(1, 5));
                break;
            case StoreCrashProperties.Step.Compact:
                await ToleratingFailureAsync(() => CompactAsync());
                break;
            case StoreCrashProperties.Step.WaitForAll:
                await ToleratingFailureAsync(() => Task.WhenAll(_changes.Select(c => c.Done)));
                break;
            case StoreCrashProperties.Step.FillDisk:
                _disk.FailNext(DiskFault.FullDisk);
                break;
            case StoreCrashProperties.Step.FailSync:
                _disk.FailNext(DiskFault.FailedSync);
                break;
            case StoreCrashProperties.Step.LosePowerSoon:
                _disk.LosePowerAfter(random.Next(10));
                break;
            case StoreCrashProperties.Step.LosePower:
                await ReopenAsync(_disk.Restart);
                break;
            case StoreCrashProperties.Step.Kill:
                await ReopenAsync(() => { });
                break;
        }
    }

    /// <summary>Makes a change, and notes what the account looks like with it, before it is known to be safe.</summary>
    private async Task DoAsync(Func<Task> change)
    {
        var done = change();
        var image = AccountImage.Of(_account);
        if (image != _changes[^1].Image)
        {
            // What has changed nothing is acknowledged without all that went before it elsewhere.
            _changes.Add((image, done));
        }

        if (_journal.Failure is not null && random.Next(2) == 0)
        {
            await ReopenAsync(() => { });
        }
    }

    /// <summary>Removes expired items one at a time, of which nobody is told when it is safe.</summary>
    private void Sweep(ContainerStore container, int most)
    {
        try
        {
            while (most > 0 && container.RemoveExpired(1) == 1)
            {
                _changes.Add((AccountImage.Of(_account), Task.FromCanceled(new CancellationToken(canceled: true))));
                most--;
            }
        }
        catch (JournalFailedException)
        {
            // Refused before it was made.
        }
    }

    private async Task CompactAsync()
    {
        await using var snapshot = _journal.BeginSnapshot();
        AccountSnapshot.Write(snapshot, _account, CancellationToken.None);
        await snapshot.CommitAsync(CancellationToken.None);
    }

    private async Task ReopenAsync(Action afterEnd)
    {
        _disk.Open().Dispose();
        await _journal.DisposeAsync();
        await ToleratingFailureAsync(() => Task.WhenAll(_changes.Select(c => c.Done)));
        afterEnd();
        await OpenAsync();
    }

    private Database? AnyDatabase() => _account.Databases is { Count: > 0 } all ? all[random.Next(all.Count)] : null;

    private (Database Database, ContainerStore Container)? AnyContainer()
    {
        var all = _account.Databases.SelectMany(d => d.Containers.Values.Select(c => (d, c))).ToList();
        return all.Count == 0 ? null : all[random.Next(all.Count)];
    }

    private string Name() => $"n{random.Next(3)}";

    private ProvisionedThroughput? Throughput() => random.Next(3) switch
    {
        0 => null,
        1 => new ProvisionedThroughput.Manual(random.Next(4, 20) * 100),
        _ => new ProvisionedThroughput.Autoscale(random.Next(1, 20) * 1000),
    };

    private PartitionKeyValue Key() => random.Next(6) switch
    {
        0 => PartitionKeyValue.Null,
        1 => PartitionKeyValue.Undefined,
        2 => PartitionKeyValue.Of(random.Next(2) == 0),
        3 => PartitionKeyValue.Of(random.Next(2) / 3.0),
        _ => PartitionKeyValue.Of($"ключ {random.Next(3)}"),
    };

    private ContainerDefinition Definition(string id) => new(
        id,
        PartitionKeyPath.TryParse("/a/\"b c\"")!,
        random.Next(3) switch { 0 => null, 1 => -1, _ => random.Next(1, 60) },
        new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["indexingPolicy"] = JsonElement.Parse($$"""{"n":{{random.Next(9)}}}""") });

    private ItemOperation Operation(PartitionKeyValue key)
    {
        var id = $"id {random.Next(4)}";
        return random.Next(4) switch
        {
            0 => new ItemOperation.Create(Document(id, key)),
            1 => new ItemOperation.Delete(id, IfMatch: null),
            _ => new ItemOperation.Upsert(Document(id, key), IfMatch: null),
        };
    }

    private ItemDocument Document(string id, PartitionKeyValue key) => new(
        id,
        key,
        random.Next(3) == 0 ? random.Next(1, 60) : null,
        Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","text":"{{new string('x', random.Next(300))}}"}"""));

    private static async Task ToleratingFailureAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception failed) when (failed is IOException or OperationCanceledException)
        {
            // The disk did what the history told it to; what counts is what is found afterwards.
        }
    }
}
