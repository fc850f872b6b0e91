using System.Text.Json;
using EventFunctions.Local.Host.Demo.Burst;
using EventFunctions.Local.Host.Demo.Checking;
using EventFunctions.Local.Host.Demo.Display;
using EventFunctions.Local.Host.Demo.Scenarios;
using EventFunctions.Local.Host.Demo.Shop;

namespace EventFunctions.Local.Host.Demo;

/// <summary>Plays scenarios against an app and its sandbox, over HTTP only.</summary>
/// <param name="app">The app's address.</param>
/// <param name="sandbox">The sandbox's address.</param>
/// <param name="patience">How long a scenario may wait, all its waits together.</param>
internal sealed class DemoRun(Uri app, Uri sandbox, TimeSpan patience)
{
    private readonly string _runId = Guid.NewGuid().ToString("N")[..6];

    /// <summary>The stories of single orders, of the repeated request and of the supplier.</summary>
    public static IReadOnlyList<IScenario> Stories =>
        [SingleOrders.Delivered, SingleOrders.Declined, SingleOrders.OutOfStock, SingleOrders.Unshippable, SingleOrders.CancelledMidway, new RepeatedPost(), new LowStock()];

    /// <summary>Plays the first story, which warms everything up, then the others side by side, then the burst.</summary>
    /// <param name="burst">The last one, with the app to itself.</param>
    /// <param name="display">Shows how far it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<ScenarioResult>> PlayAllAsync(BurstScenario burst, IDemoDisplay display, CancellationToken cancellationToken)
    {
        var stories = Stories;
        var results = new List<ScenarioResult>();
        await display.RunAsync([.. stories, burst], async progress =>
        {
            results.Add(await PlayAsync(stories[0], progress, cancellationToken));
            results.AddRange(await Task.WhenAll(stories.Skip(1).Select(story => PlayAsync(story, progress, cancellationToken))));
            results.Add(await PlayAsync(burst, progress, cancellationToken));
        });
        return results;
    }

    /// <summary>Plays one scenario; what stops it from going on is a check that failed.</summary>
    public async Task<ScenarioResult> PlayAsync(IScenario scenario, IDemoProgress? progress, CancellationToken cancellationToken)
    {
        using var appClient = new HttpClient { BaseAddress = app, Timeout = patience };
        using var sandboxClient = new HttpClient { BaseAddress = sandbox, Timeout = patience };
        var run = new ScenarioRun(
            new ShopClient(appClient), new PartnerBooks(sandboxClient), _runId, patience, (done, total) => progress?.Advance(scenario, done, total));
        var began = TimeProvider.System.GetTimestamp();
        run.Report(0, 1);
        try
        {
            await scenario.PlayAsync(run, cancellationToken);
        }
        catch (Exception exception) when (exception is UnexpectedReplyException or HttpRequestException or JsonException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            run.Checks.Equal("the scenario could be played to its end", "yes", exception.Message);
        }

        var result = new ScenarioResult(
            scenario.Letter, scenario.Title, run.Checks.All, run.Stories, TimeProvider.System.GetElapsedTime(began));
        progress?.End(scenario, result);
        return result;
    }
}
