using System.Globalization;
using EventFunctions.Local.ServiceBus.Tests.Durability;
using EventFunctions.Tests.Support;
using Xunit.Abstractions;

namespace EventFunctions.Local.ServiceBus.Amqp.Tests.Durability;

/// <summary>An endpoint killed again and again in the middle of transfers and settlements, by a signal that it can't see.</summary>
public sealed class AmqpCrashTests(ITestOutputHelper output) : IDisposable
{
    private const int UsualKills = 3, Workers = 4;

    private readonly string _folder = Directory.CreateTempSubdirectory("amqp-crash-").FullName;
    private readonly CrashWorker[] _workers = [.. Enumerable.Range(0, Workers).Select(i => new CrashWorker($"queue-{i}", new CrashLedger(), new Random(i)))];

    public static MessagingTopology Topology() =>
        new([], [.. Enumerable.Range(0, Workers).Select(i => new QueueDefinition
        {
            Name = $"queue-{i}",
            LockDuration = TimeSpan.FromMinutes(5),
            MaxDeliveryCount = 1_000, // a delivery that a kill interrupts counts
        })]);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_a_killed_endpoint_has_accepted_is_there_and_what_it_has_settled_stays_away()
    {
        var kills = int.TryParse(Environment.GetEnvironmentVariable("SERVICEBUS_KILLS"), out var asked) ? asked : UsualKills;
        var random = new Random(kills);
        for (var kill = 0; kill < kills; kill++)
        {
            using var endpoint = await KilledProcess.StartAsync(typeof(Program), Program.Opening, _folder);
            var port = int.Parse(await endpoint.ReadLineAsync(), CultureInfo.InvariantCulture);
            await WorkUntilKilledAsync(endpoint, port, random.Next(1, 1_500));
            await CheckAsync();
        }

        Assert.All(_workers, w => Assert.True(w.Ledger.Acknowledged is { Sent: > 0, Settled: > 0 }));
        output.WriteLine($"{kills} kills; acknowledged: {_workers.Sum(w => w.Ledger.Acknowledged.Sent)} messages came, {_workers.Sum(w => w.Ledger.Acknowledged.Settled)} left");
    }

    private async Task WorkUntilKilledAsync(KilledProcess endpoint, int port, int requests)
    {
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var acknowledged = 0;
        var working = _workers.Select(w => Task.Run(() => w.WorkAsync(port, Count))).ToList();
        await Task.WhenAny([enough.Task, .. working]);
        await endpoint.KillAsync();
        await Task.WhenAll(working);
        Assert.True(acknowledged >= requests, $"the endpoint ended by itself after {acknowledged} requests");

        void Count()
        {
            if (Interlocked.Increment(ref acknowledged) == requests)
            {
                enough.SetResult();
            }
        }
    }

    /// <summary>Looks at what the killed one has left. Whoever had locks is gone.</summary>
    private async Task CheckAsync()
    {
        await using var broker = await Program.OpenAsync(_folder, releaseLocks: true);
        foreach (var worker in _workers)
        {
            worker.Ledger.Check(worker.Queue, NumbersIn(broker, worker.Queue), NumbersIn(broker, worker.Queue + EntityPath.DeadLetterSuffix));
        }
    }

    private static List<int> NumbersIn(ServiceBusBroker broker, string path) =>
        [.. broker.FindQueue(path)!.Peek(0, int.MaxValue, null).Select(d => int.Parse(d.Message.MessageId!, CultureInfo.InvariantCulture))];
}
