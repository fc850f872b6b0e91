using EventFunctions.Local.Host.Demo.Checking;
using EventFunctions.Local.Host.Demo.Scenarios;

namespace EventFunctions.Local.Host.Demo.Display;

/// <summary>Shows the demo while it runs.</summary>
internal interface IDemoDisplay
{
    /// <summary>Runs the work with the display up.</summary>
    Task RunAsync(IReadOnlyList<IScenario> scenarios, Func<IDemoProgress, Task> work);
}

/// <summary>Told how far the scenarios are; may be called from several at once.</summary>
internal interface IDemoProgress
{
    /// <summary>A scenario has come this far.</summary>
    void Advance(IScenario scenario, int done, int total);

    /// <summary>A scenario has ended.</summary>
    void End(IScenario scenario, ScenarioResult result);
}
