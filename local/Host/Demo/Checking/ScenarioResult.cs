using EventFunctions.Local.Host.Demo.Shop;

namespace EventFunctions.Local.Host.Demo.Checking;

/// <summary>How a scenario ended.</summary>
/// <param name="Letter">Its letter, for reference.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Checks">Everything that was checked.</param>
/// <param name="Timelines">The timelines of its orders, as far as they are to be shown.</param>
/// <param name="Duration">How long it took.</param>
internal sealed record ScenarioResult(
    string Letter, string Title, IReadOnlyList<Check> Checks, IReadOnlyList<Timeline> Timelines, TimeSpan Duration)
{
    /// <summary>Whether anything was checked and everything was as it should be.</summary>
    public bool Passed => Checks.Count > 0 && Checks.All(check => check.Passed);
}
