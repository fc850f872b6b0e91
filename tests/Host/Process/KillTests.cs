using System.Globalization;
using EventFunctions.Local.Host.Demo.Burst;
using EventFunctions.Local.Host.Demo.Scenarios;
using EventFunctions.Local.Host.Demo.Shop;

namespace EventFunctions.Local.Host.Tests.Process;

public sealed class KillTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly string _folder = Directory.CreateTempSubdirectory("eventfunctions-killed-").FullName;

    /// <summary>How often the host is killed; <c>HOST_KILLS</c> sets another number, with more orders to match.</summary>
    private static int Kills => int.Parse(Environment.GetEnvironmentVariable("HOST_KILLS") ?? "4", CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_host_that_is_killed_under_a_burst_of_orders_loses_none_and_its_books_balance()
    {
        var seed = Environment.TickCount;
        using var host = new MortalHost(_folder);
        using var app = new HttpClient(new PersistentCalls(host.AppAsync)) { BaseAddress = new Uri("http://app.test/"), Timeout = Patience };
        using var sandbox = new HttpClient(new PersistentCalls(host.SandboxAsync)) { BaseAddress = new Uri("http://sandbox.test/"), Timeout = Patience };
        using var stop = new CancellationTokenSource();
        var run = new ScenarioRun(new ShopClient(app), new PartnerBooks(sandbox), $"{seed:x}", Patience, (_, _) => { });

#pragma warning disable CA5394 // A moment by chance, not a secret; the seed is shown where the test fails.
        var life = host.LiveAsync(Kills, new Random(seed), stop.Token);
#pragma warning restore CA5394
        await new BurstScenario(orders: 15 * Kills, seed).PlayAsync(run, CancellationToken.None);
        await stop.CancelAsync();
        await life;

        Assert.True(run.Checks.All.All(check => check.Passed), $"seed {seed}, {host.Kills} kills: {string.Join("; ", run.Checks.All.Where(check => !check.Passed))}");
        Assert.True(host.Kills > 0, "The burst was over before the first kill.");
    }

    [Fact]
    public async Task A_folder_is_one_host_s_at_a_time()
    {
        using var first = HostProcess.Start("--data", _folder);
        await first.IsUpAsync();
        using var second = HostProcess.Start("--data", _folder);

        Assert.Equal(1, await second.EndsAsync());
        Assert.Contains("is in use", second.Errors, StringComparison.Ordinal);
        Assert.Contains(_folder, second.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
