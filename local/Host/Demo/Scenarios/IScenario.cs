namespace EventFunctions.Local.Host.Demo.Scenarios;

/// <summary>One story the demo tells and checks.</summary>
internal interface IScenario
{
    /// <summary>Its letter, for reference.</summary>
    string Letter { get; }

    /// <summary>What it shows.</summary>
    string Title { get; }

    /// <summary>Drives the app, and leaves checks and timelines in the run.</summary>
    Task PlayAsync(ScenarioRun run, CancellationToken cancellationToken);
}
