using EventFunctions.Tests.Support;
using Xunit.Abstractions;

namespace EventFunctions.Local.Cosmos.Tests.Durability;

/// <summary>A server killed again and again in the middle of its work, by a signal that it can't see.</summary>
public sealed class CrashTests(ITestOutputHelper output) : IDisposable
{
    private const int Workers = 16, Ranges = 4, UsualKills = 25;
    private static readonly string[] Containers = ["one", "two"];

    private readonly string _folder = Directory.CreateTempSubdirectory("cosmos-crash-").FullName;
    private readonly HttpClient _http = new();

    public void Dispose()
    {
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_killed_server_loses_nothing_that_was_acknowledged_and_shows_no_half_of_a_batch()
    {
        var kills = int.TryParse(Environment.GetEnvironmentVariable("COSMOS_KILLS"), out var asked) ? asked : UsualKills;
        var random = new Random(kills);
        var workers = Enumerable.Range(0, Workers).Select(w => new CrashWorker($"p{w}", Containers[w % Containers.Length], new Random(w))).ToList();
        var feeds = Containers.SelectMany(c => Enumerable.Range(0, Ranges).Select(r => new CrashFeed(c, r))).ToList();
        for (var kill = 0; kill < kills; kill++)
        {
            if (random.Next(4) == 0)
            {
                // While it reads what the one before has left.
                using var early = await StartAsync();
                await early.KillAsync();
            }

            using var server = await StartAsync();
            var address = new Uri(await server.ReadLineAsync());
            await CheckAsync(address, workers, feeds);
            await WriteUntilKilledAsync(server, address, workers, random.Next(1, 1500));
        }

        using var last = await StartAsync();
        await CheckAsync(new Uri(await last.ReadLineAsync()), workers, feeds);
        Assert.True(workers.TrueForAll(w => w.Count.Acknowledged > 0));
        Assert.NotEmpty(Directory.GetFiles(_folder, "*.snapshot"));
        output.WriteLine($"{kills} kills, {workers.Sum(w => w.Count.Acknowledged)} writes acknowledged, {workers.Sum(w => w.Count.Unanswered)} without an answer");
    }

    /// <summary>Starts a server that begins to open the folder; the next line it prints is where it listens.</summary>
    private Task<KilledProcess> StartAsync() => KilledProcess.StartAsync(typeof(Program), Program.Opening, _folder);

    private async Task CheckAsync(Uri address, List<CrashWorker> workers, List<CrashFeed> feeds)
    {
        foreach (var container in Containers)
        {
            var client = new CrashClient(_http, address, container);
            await client.CreateContainerAsync();
            var own = workers.Where(w => w.Container == container).ToList();
            foreach (var worker in own)
            {
                await worker.CheckAsync(client);
            }

            var fed = new List<(string, long)>();
            for (var range = 0; range < Ranges; range++)
            {
                var acknowledged = own.Max(w => w.Positions.GetValueOrDefault(range));
                fed.AddRange(await feeds.Where(f => f.Container == container).ElementAt(range).CheckAsync(client, acknowledged));
            }

            Assert.Equal(own.SelectMany(w => w.Items).Order(), fed.Order());
        }
    }

    private async Task WriteUntilKilledAsync(KilledProcess server, Uri address, List<CrashWorker> workers, int writes)
    {
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var acknowledged = 0;
        var writing = workers.Select(w => w.WriteAsync(new CrashClient(_http, address, w.Container), () =>
        {
            if (Interlocked.Increment(ref acknowledged) == writes)
            {
                enough.SetResult();
            }
        })).ToList();
        await Task.WhenAny([enough.Task, .. writing]);
        await server.KillAsync();
        await Task.WhenAll(writing);
        Assert.True(acknowledged >= writes, $"the server ended by itself after {acknowledged} writes");
    }
}
