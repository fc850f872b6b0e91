using EventFunctions.Local.Host.Demo.Shop;

namespace EventFunctions.Local.Host.Demo.Checking;

/// <summary>How a scenario ended.</summary>
/// <param name="Letter">Its letter, for reference.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Checks">Everything that was checked.</param>
/// <param name="Stories">Its orders, as far as they are to be shown.</param>
/// <param name="Duration">How long it took.</param>
internal sealed record ScenarioResult(
    string Letter, string Title, IReadOnlyList<Check> Checks, IReadOnlyList<OrderStory> Stories, TimeSpan Duration)
{
    /// <summary>Whether anything was checked and everything was as it should be.</summary>
    public bool Passed => Checks.Count > 0 && Checks.All(check => check.Passed);
}

/// <summary>What happened to an order, and how it ended.</summary>
/// <param name="Timeline">Its events.</param>
/// <param name="Ending">Its last status, with the reason where it was cancelled.</param>
internal sealed record OrderStory(Timeline Timeline, string Ending);
