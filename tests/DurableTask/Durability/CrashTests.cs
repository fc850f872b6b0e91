using EventFunctions.Tests.Support;
using Xunit.Abstractions;

namespace EventFunctions.Local.DurableTask.Tests.Durability;

/// <summary>An engine killed again and again in the middle of its work, by a signal that it can't see.</summary>
public sealed class CrashTests(ITestOutputHelper output) : IDisposable
{
    private const int UsualKills = 25;

    private readonly string _folder = Directory.CreateTempSubdirectory("durabletask-crash-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_killed_engine_brings_every_instance_to_its_right_end_and_runs_no_activity_whose_result_was_recorded()
    {
        var kills = int.TryParse(Environment.GetEnvironmentVariable("DURABLETASK_KILLS"), out var asked) ? asked : UsualKills;
        var random = new Random(kills);
        var (hub, ledger) = (Path.Combine(_folder, "hub"), Path.Combine(_folder, "ledger"));
        for (var kill = 0; kill < kills; kill++)
        {
            using var engine = await StartAsync(hub, ledger, $"{kill}");

            // Now and then while it reads what the one before has left.
            for (var done = random.Next(4) == 0 ? 0 : random.Next(1, 200); done > 0; done--)
            {
                Assert.Equal(Program.Done, await NextAsync(engine));
            }

            await engine.KillAsync();
        }

        using var last = await StartAsync(hub, ledger, $"{kills}", Program.Finish);
        while (await NextAsync(last) != Program.Finished)
        {
        }

        await last.KillAsync();

        Assert.NotEmpty(Directory.GetFiles(hub, "*.snapshot"));
        Check(Ledger.Read(ledger), kills);
    }

    private static Task<KilledProcess> StartAsync(params string[] arguments) => KilledProcess.StartAsync(typeof(Program), Program.Opening, arguments);

    private static Task<string> NextAsync(KilledProcess engine) => engine.ReadLineAsync().WaitAsync(Eventually.DefaultDeadline);

    private void Check(IReadOnlyList<string[]> ledger, int kills)
    {
        var starting = Of(Ledger.Starting).Select(line => line[1]).ToHashSet(StringComparer.Ordinal);
        var started = Of(Ledger.Started).Select(line => line[1]).ToList();
        var ended = Of(Ledger.Ended).ToDictionary(line => line[1], StringComparer.Ordinal);
        var runs = Of(Ledger.Runs).GroupBy(line => line[1], StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);

        // Nothing is lost, and nothing is there that nobody started.
        Assert.Empty(started.Except(ended.Keys, StringComparer.Ordinal));
        Assert.Empty(ended.Keys.Where(id => CrashOrchestrations.NameOf(id) != "Child").Except(starting, StringComparer.Ordinal));
        Assert.All(ended.Values, line => Assert.Equal("Completed", line[2]));
        Assert.All(ended.Values, line => Assert.Equal(CrashOrchestrations.Expected(line[1]), Results(line).Select(KeyOf)));
        Assert.All(CrashOrchestrations.Names, name => Assert.Contains(started, id => CrashOrchestrations.NameOf(id) == name));

        // What a process has found recorded runs in none after it, and is what its instance ends with.
        var recorded = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in ledger)
        {
            switch (line)
            {
                case [Ledger.Recorded, var key, var result]:
                    Assert.Equal(result, recorded.TryAdd(key, result) ? result : recorded[key]);
                    break;
                case [Ledger.Runs, var key]:
                    Assert.False(recorded.ContainsKey(key), $"{key} ran again");
                    break;
            }
        }

        var results = ended.Values.SelectMany(Results).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(recorded.Values.Except(results, StringComparer.Ordinal));
        Assert.Empty(results.Select(KeyOf).Where(key => !key.Contains("event", StringComparison.Ordinal)).Except(runs.Keys, StringComparer.Ordinal));
        output.WriteLine(
            $"{kills} kills: {started.Count} starts acknowledged, {ended.Count} instances ended, {runs.Count} activities in {runs.Values.Sum()} runs, {recorded.Count} results found after a kill");

        IEnumerable<string[]> Of(string what) => ledger.Where(line => line[0] == what);
    }

    private static string[] Results(string[] ended) => ended[3].Split(' ');

    private static string KeyOf(string result) => result[..result.IndexOf('#')];
}
