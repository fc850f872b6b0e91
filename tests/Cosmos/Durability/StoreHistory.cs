using System.Text;
using System.Text.Json;
using EventFunctions.Local.Cosmos.Durability;
using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Local.Cosmos.Store.Provisioning;
using EventFunctions.Local.Journal;
using EventFunctions.Local.Journal.Files;
using EventFunctions.Tests.Support;
using EventFunctions.Tests.Support.Disks;

namespace EventFunctions.Local.Cosmos.Tests.Durability;

/// <summary>An account on a simulated disk, and what it looked like after each change.</summary>
internal sealed class StoreHistory
{
    private readonly ManualTimeProvider _clock = new();
    private readonly Random _random;
    private readonly CrashHistory _lives;
    private DurableJournal _journal = null!;
    private Account _account = null!;

    public StoreHistory(Random random)
    {
        _random = random;
        _lives = new CrashHistory(random, OpenAsync, () => _journal.DisposeAsync(), () => AccountImage.Of(_account));
    }

    public Task OpenAsync() => _lives.OpenAsync();

    public Task LosePowerAsync() => _lives.SufferAsync(Mishap.LosePower);

    public async Task TakeAsync(StoreCrashProperties.Step step)
    {
        switch (step)
        {
            case StoreCrashProperties.Step.CreateDatabase:
                await DoAsync(() => _account.CreateDatabaseAsync(Name(), Throughput(), CancellationToken.None));
                break;
            case StoreCrashProperties.Step.DeleteDatabase when _random.Next(4) == 0 && AnyDatabase() is { } database:
                await DoAsync(() => _account.DeleteDatabaseAsync(database, CancellationToken.None));
                break;
            case StoreCrashProperties.Step.CreateContainer when AnyDatabase() is { } database:
                await DoAsync(() => _account.CreateContainerAsync(database, Definition(Name()), Throughput(), CancellationToken.None));
                break;
            case StoreCrashProperties.Step.ReplaceThroughput when _account.Offers is { Count: > 0 } offers:
                await DoAsync(() => _account.ReplaceThroughputAsync(offers[_random.Next(offers.Count)], Throughput() ?? ProvisionedThroughput.Default, CancellationToken.None));
                break;
            case StoreCrashProperties.Step.DeleteContainer when _random.Next(3) == 0 && AnyContainer() is { } container:
                await DoAsync(() => _account.DeleteContainerAsync(container.Database, container.Container, CancellationToken.None));
                break;
            case StoreCrashProperties.Step.ReplaceContainer when AnyContainer() is { } container:
                Sweep(container.Container, int.MaxValue);
                await DoAsync(() => container.Container.ReplaceAsync(Definition(container.Container.Definition.Id), CancellationToken.None));
                break;
            case StoreCrashProperties.Step.Write when AnyContainer() is { } container:
                for (var i = _random.Next(8); i >= 0; i--)
                {
                    var key = Key();
                    await DoAsync(() => container.Container.ExecuteAsync(key, [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Operation(key))], CancellationToken.None).AsTask());
                }

                break;
            case StoreCrashProperties.Step.PassTime:
                _clock.Advance(TimeSpan.FromSeconds(_random.Next(40)));
                break;
            case StoreCrashProperties.Step.Sweep when AnyContainer() is { } container:
                Sweep(container.Container, _random.Next(1, 5));
                break;
            case StoreCrashProperties.Step.Compact:
                await CrashHistory.ToleratingFailureAsync(CompactAsync);
                break;
            case StoreCrashProperties.Step.WaitForAll:
                await _lives.WaitForAllAsync();
                break;
            case StoreCrashProperties.Step.Mishap:
                await _lives.SufferAsync(_random.GetItems(Enum.GetValues<Mishap>(), 1)[0]);
                break;
        }
    }

    private async Task OpenAsync(IJournalFolder folder)
    {
        var replay = new AccountReplay();
        _journal = await DurableJournal.OpenAsync(folder, CrashHistory.Options, replay.Take, CancellationToken.None);
        var log = new JournalLog(_journal);
        _account = new Account(rangesPerContainer: 2, replay.Build(log, _clock), log, _clock);
    }

    /// <summary>Makes a change, and notes what the account looks like with it, before it is known to be safe.</summary>
    private async Task DoAsync(Func<Task> change)
    {
        var done = change();
        if (AccountImage.Of(_account) != _lives.LastImage)
        {
            // What has changed nothing is acknowledged without all that went before it elsewhere.
            _lives.Note(done);
        }

        if (_journal.Failure is not null && _random.Next(2) == 0)
        {
            await _lives.SufferAsync(Mishap.Kill);
        }
    }

    /// <summary>Removes expired items one at a time, of which nobody is told when it is safe.</summary>
    private void Sweep(ContainerStore container, int most)
    {
        try
        {
            while (most > 0 && container.RemoveExpired(1) == 1)
            {
                _lives.Note(Task.FromCanceled(new CancellationToken(canceled: true)));
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

    private Database? AnyDatabase() => _account.Databases is { Count: > 0 } all ? all[_random.Next(all.Count)] : null;

    private (Database Database, ContainerStore Container)? AnyContainer()
    {
        var all = _account.Databases.SelectMany(d => d.Containers.Values.Select(c => (d, c))).ToList();
        return all.Count == 0 ? null : all[_random.Next(all.Count)];
    }

    private string Name() => $"n{_random.Next(3)}";

    private ProvisionedThroughput? Throughput() => _random.Next(3) switch
    {
        0 => null,
        1 => new ProvisionedThroughput.Manual(_random.Next(4, 20) * 100),
        _ => new ProvisionedThroughput.Autoscale(_random.Next(1, 20) * 1000),
    };

    private PartitionKeyValue Key() => _random.Next(6) switch
    {
        0 => PartitionKeyValue.Null,
        1 => PartitionKeyValue.Undefined,
        2 => PartitionKeyValue.Of(_random.Next(2) == 0),
        3 => PartitionKeyValue.Of(_random.Next(2) / 3.0),
        _ => PartitionKeyValue.Of($"ключ {_random.Next(3)}"),
    };

    private ContainerDefinition Definition(string id) => new(
        id,
        PartitionKeyPath.TryParse("/a/\"b c\"")!,
        _random.Next(3) switch { 0 => null, 1 => -1, _ => _random.Next(1, 60) },
        new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["indexingPolicy"] = JsonElement.Parse($$"""{"n":{{_random.Next(9)}}}""") });

    private ItemOperation Operation(PartitionKeyValue key)
    {
        var id = $"id {_random.Next(4)}";
        return _random.Next(4) switch
        {
            0 => new ItemOperation.Create(Document(id, key)),
            1 => new ItemOperation.Delete(id, IfMatch: null),
            _ => new ItemOperation.Upsert(Document(id, key), IfMatch: null),
        };
    }

    private ItemDocument Document(string id, PartitionKeyValue key) => new(
        id,
        key,
        _random.Next(3) == 0 ? _random.Next(1, 60) : null,
        Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","text":"{{new string('x', _random.Next(300))}}"}"""));
}
