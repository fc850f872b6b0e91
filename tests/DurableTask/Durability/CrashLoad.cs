using EventFunctions.Local.DurableTask.Durability;
using EventFunctions.Local.Journal;
using EventFunctions.Local.Journal.Compaction;
using EventFunctions.Local.Journal.Files;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Local.DurableTask.Tests.Durability;

/// <summary>What a process does that will be killed: it starts instances and raises events, and writes down what it was told.</summary>
internal sealed class CrashLoad : IAsyncDisposable
{
    private const int Starters = 8;

    /// <summary>Small, so that there is always a file that ends or a snapshot that is written.</summary>
    private static readonly JournalOptions Options = new() { SegmentBytes = 64 * 1024, Compaction = new CompactionPolicy { MinBytes = 128 * 1024 } };

    private readonly DurableTaskEngine _engine;
    private readonly Ledger _ledger;
    private readonly Random _random;
    private readonly int _run;
    private readonly HashSet<(string Instance, string Event)> _raised;

    private CrashLoad(DurableTaskEngine engine, Ledger ledger, Random random)
    {
        _engine = engine;
        _ledger = ledger;
        _random = random;
        _run = ledger.Past.Count(line => line[0] == Ledger.Opened);
        _raised = [.. ledger.Past.Where(line => line[0] == Ledger.Raised).Select(line => (line[1], line[2]))];
    }

    public static async Task<CrashLoad> OpenAsync(string folder, string ledgerPath, Random random)
    {
        var ledger = new Ledger(ledgerPath);
        await WriteRecordedAsync(folder, ledger);
        ledger.Write(Ledger.Opened);
        var code = new TestDispatcher();
        CrashOrchestrations.Define(code);
        code.Activity("Step", (call, _) => Task.FromResult<object?>(Run(ledger, call)));
        code.Activity("Flaky", (call, _) => Task.FromResult<object?>(Random.Shared.Next(2) == 0 ? throw new IOException("try again") : Run(ledger, call)));
        var engine = await DurableTaskEngine.OpenAsync(
            DiskFolder.Open(folder), Options, code, new DurableTaskEngineOptions { ExtendedSessionFrom = random.Next(30) }, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        return new CrashLoad(engine, ledger, random);
    }

    /// <summary>Goes on for ever.</summary>
    public async Task RunAsync()
    {
        await _engine.StartAsync(CancellationToken.None);
        var raising = RaiseLeftAsync();
        var starting = Enumerable.Range(0, Starters).Select(starter => Task.Run(() => StartAsync(starter, new Random(_random.Next()))));
        await Task.WhenAll([raising, .. starting]);
    }

    /// <summary>Starts nothing new, and writes down how everything ends.</summary>
    public async Task FinishAsync()
    {
        await _engine.StartAsync(CancellationToken.None);
        await RaiseLeftAsync();
        await foreach (var instance in _engine.Client.GetAllInstancesAsync())
        {
            var ended = await _engine.Client.WaitForInstanceCompletionAsync(instance.InstanceId, getInputsAndOutputs: true);
            var results = ended.RuntimeStatus == OrchestrationRuntimeStatus.Completed ? string.Join(' ', ended.ReadOutputAs<string[]>()!) : $"{ended.FailureDetails}";
            _ledger.Write(Ledger.Ended, ended.InstanceId, $"{ended.RuntimeStatus}", results);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _ledger.Dispose();
    }

    /// <summary>Writes down which results the hub has, in histories and inboxes, before anything runs.</summary>
    private static async Task WriteRecordedAsync(string folder, Ledger ledger)
    {
        await using var journal = await HubJournal.OpenAsync(DiskFolder.Open(folder), Options, NullLogger.Instance, CancellationToken.None);
        foreach (var entry in journal.Tables.All)
        {
            var calls = entry.History.OfType<HistoryEvent.ActivityScheduled>().ToDictionary(call => call.TaskId);
            var recorded = entry.History.Concat(entry.Inbox.Where(m => m.ExecutionId == entry.State.ExecutionId).Select(m => m.Event));
            foreach (var done in recorded.OfType<HistoryEvent.TaskCompleted>().Where(done => calls.ContainsKey(done.TaskId)))
            {
                ledger.Write(Ledger.Recorded, TextOf(calls[done.TaskId].Input), TextOf(done.Result));
            }
        }
    }

    private static string Run(Ledger ledger, ActivityInvocation call)
    {
        var key = TextOf(call.SerializedInput);
        ledger.Write(Ledger.Runs, key);
        return $"{key}#{Guid.NewGuid():N}";
    }

    private static string TextOf(string? json) => JsonDataConverter.Default.Deserialize<string>(json)!;

    private async Task StartAsync(int starter, Random random)
    {
        for (var number = 0; ; number++)
        {
            var name = CrashOrchestrations.Names[random.Next(CrashOrchestrations.Names.Count)];
            var id = $"{name}-{_run}-{(number * Starters) + starter}";
            _ledger.Write(Ledger.Starting, id);
            await _engine.Client.ScheduleNewOrchestrationInstanceAsync(name, null, new StartOrchestrationOptions(id));
            _ledger.Write(Ledger.Started, id);
            Console.WriteLine(Program.Done);
            if (name == "Wait")
            {
                await RaiseAsync(id);
            }

            if (random.Next(3) != 0)
            {
                await _engine.Client.WaitForInstanceCompletionAsync(id);
                Console.WriteLine(Program.Done);
            }
        }
    }

    /// <summary>Raises what those before were not told was taken.</summary>
    private async Task RaiseLeftAsync()
    {
        await foreach (var instance in _engine.Client.GetAllInstancesAsync())
        {
            if (instance is { Name: "Wait", IsCompleted: false } && !instance.InstanceId.StartsWith($"Wait-{_run}-", StringComparison.Ordinal))
            {
                await RaiseAsync(instance.InstanceId);
            }
        }
    }

    private async Task RaiseAsync(string id)
    {
        for (var i = 0; i < CrashOrchestrations.Events; i++)
        {
            var name = $"event{i}";
            if (!_raised.Contains((id, name)))
            {
                await _engine.Client.RaiseEventAsync(id, name, $"{id}/{name}#{Guid.NewGuid():N}");
                _ledger.Write(Ledger.Raised, id, name);
                Console.WriteLine(Program.Done);
            }
        }
    }
}
