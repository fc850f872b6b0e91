using System.Globalization;
using EventFunctions.Tests.Support;
using Xunit.Abstractions;

namespace EventFunctions.Local.ServiceBus.Tests.Durability;

/// <summary>A broker killed again and again in the middle of its work, by a signal that it can't see.</summary>
public sealed class CrashTests(ITestOutputHelper output) : IDisposable
{
    private const int UsualKills = 25, NumbersOfOne = 1_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("servicebus-crash-").FullName;
    private readonly Dictionary<string, CrashLedger> _ledgers = new(StringComparer.Ordinal);
    private readonly List<QueueWorker> _workers = [];
    private readonly List<SessionWorker> _sessions = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_killed_broker_loses_no_acknowledged_message_and_none_comes_back()
    {
        var kills = int.TryParse(Environment.GetEnvironmentVariable("SERVICEBUS_KILLS"), out var asked) ? asked : UsualKills;
        var random = new Random(kills);
        Prepare();
        for (var kill = 0; kill < kills; kill++)
        {
            if (random.Next(4) == 0)
            {
                // While it reads what the one before has left.
                using var early = await StartAsync();
                await early.KillAsync();
            }

            using var broker = await StartAsync();
            var port = await PortAsync(broker);
            await CheckAsync(port);
            await WorkUntilKilledAsync(broker, port, random.Next(1, 800));
        }

        using var last = await StartAsync();
        var lastPort = await PortAsync(last);
        await CheckAsync(lastPort);
        await DrainAsync(lastPort);
        Assert.NotEmpty(Directory.GetFiles(_folder, "*.snapshot"));
        Assert.All(_ledgers.Values, l => Assert.True(l.Acknowledged is { Sent: > 0, Settled: > 0 }));
        var (sent, settled) = (_ledgers.Values.Sum(l => l.Acknowledged.Sent), _ledgers.Values.Sum(l => l.Acknowledged.Settled));
        output.WriteLine($"{kills} kills; acknowledged: {sent} messages came, {settled} left; sessions held on to {_sessions.Sum(s => s.HeldOn)} times");
    }

    private void Prepare()
    {
        foreach (var path in new[] { CrashProtocol.Queue, CrashProtocol.Sessions, CrashProtocol.Unique, CrashProtocol.All, CrashProtocol.Even, CrashProtocol.Target })
        {
            _ledgers.Add(path, new CrashLedger());
        }

        for (var i = 0; i < 3; i++)
        {
            AddWorker(CrashProtocol.Queue, (CrashProtocol.Queue, _ => true));
            AddWorker(CrashProtocol.Unique, (CrashProtocol.Unique, _ => true));
            AddWorker(CrashProtocol.Topic, (CrashProtocol.All, _ => true), (CrashProtocol.Even, n => n % 2 == 0));
            AddWorker(CrashProtocol.Source, (CrashProtocol.Target, _ => true));
        }

        for (var i = 0; i < 4; i++)
        {
            _sessions.Add(new SessionWorker($"s{i}", _ledgers[CrashProtocol.Sessions], (i + 1) * NumbersOfOne, new Random(i)));
        }
    }

    private void AddWorker(string target, params (string Path, Predicate<int> Comes)[] sources)
    {
        var of = sources.Select(s => (s.Path, _ledgers[s.Path], s.Comes)).ToList();
        _workers.Add(new QueueWorker(target, of, (_workers.Count + 1) * NumbersOfOne, new Random(_workers.Count)));
    }

    private Task<KilledProcess> StartAsync() => KilledProcess.StartAsync(typeof(Program), Program.Opening, _folder);

    private static async Task<int> PortAsync(KilledProcess broker) => int.Parse(await broker.ReadLineAsync(), CultureInfo.InvariantCulture);

    private async Task CheckAsync(int port)
    {
        using var client = await CrashClient.ConnectAsync(port);
        foreach (var (path, ledger) in _ledgers)
        {
            var (queue, dead) = await LookAsync(client, path);
            ledger.Check(path, [.. queue.Select(m => m.Number)], [.. dead.Select(m => m.Number)]);
            if (path == CrashProtocol.Sessions)
            {
                // Within a session, messages have the order in which they were sent.
                foreach (var session in queue.GroupBy(m => m.Number / NumbersOfOne))
                {
                    Assert.Equal(session.Select(m => m.Number).Order(), session.Select(m => m.Number));
                }
            }
        }
    }

    /// <summary>What is in a queue, and in its dead-letter queue. What moves on from another while one looks is waited for.</summary>
    private static async Task<(List<CrashMessage> Queue, List<CrashMessage> Dead)> LookAsync(CrashClient client, string path)
    {
        if (path == CrashProtocol.Target)
        {
            await Eventually.HoldsAsync(async () => (await client.PeekAllAsync(CrashProtocol.Source)).Count == 0, "all is forwarded");
        }

        return (await client.PeekAllAsync(path), await client.PeekAllAsync(path + EntityPath.DeadLetterSuffix));
    }

    private async Task WorkUntilKilledAsync(KilledProcess broker, int port, int requests)
    {
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var acknowledged = 0;
        var clients = await Task.WhenAll(Enumerable.Range(0, _workers.Count + _sessions.Count).Select(_ => CrashClient.ConnectAsync(port)));
        var working = _workers.Select((w, i) => w.WorkAsync(clients[i], Count))
            .Concat(_sessions.Select((s, i) => s.WorkAsync(clients[_workers.Count + i], Count)))
            .ToList();
        await Task.WhenAny([enough.Task, .. working]);
        await broker.KillAsync();
        await Task.WhenAll(working);
        Array.ForEach(clients, c => c.Dispose());
        Assert.True(acknowledged >= requests, $"the broker ended by itself after {acknowledged} requests");

        void Count()
        {
            if (Interlocked.Increment(ref acknowledged) == requests)
            {
                enough.SetResult();
            }
        }
    }

    /// <summary>Receives for good all that is left, once the locks of those that are gone have ended: the counts are even at both ends.</summary>
    private async Task DrainAsync(int port)
    {
        using var client = await CrashClient.ConnectAsync(port);
        foreach (var path in _ledgers.Keys.Where(p => p != CrashProtocol.Sessions))
        {
            var expected = (await client.PeekAllAsync(path)).Where(m => m.Place != nameof(MessagePlace.Scheduled)).Select(m => m.Number).ToList();
            var drained = new List<int>();
            await Eventually.HoldsAsync(
                async () =>
                {
                    var taken = await client.AskAsync(new CrashRequest("take", path) { Count = 100 });
                    drained.AddRange(taken.Messages.Select(m => m.Number));
                    return drained.Count >= expected.Count;
                },
                $"all of {path} is received");
            Assert.Equal(expected.Order(), drained.Order());
            Assert.DoesNotContain(await client.PeekAllAsync(path), m => m.Place != nameof(MessagePlace.Scheduled));
        }
    }
}
