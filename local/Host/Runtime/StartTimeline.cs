namespace EventFunctions.Local.Host;

/// <summary>How long each phase of the start took.</summary>
public sealed class StartTimeline
{
    private readonly List<StartPhase> _phases = [];

    internal StartTimeline()
    {
    }

    /// <summary>The phases, in the order they ran.</summary>
    public IReadOnlyList<StartPhase> Phases => _phases;

    /// <summary>All phases together.</summary>
    public TimeSpan Total => _phases.Aggregate(TimeSpan.Zero, (sum, phase) => sum + phase.Duration);

    internal async Task<T> MeasureAsync<T>(string name, Func<Task<T>> phase)
    {
        var began = TimeProvider.System.GetTimestamp();
        var result = await phase();
        _phases.Add(new StartPhase(name, TimeProvider.System.GetElapsedTime(began)));
        return result;
    }

    internal Task MeasureAsync(string name, Func<Task> phase) => MeasureAsync(name, async () =>
    {
        await phase();
        return true;
    });
}

/// <summary>One phase of the start.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Duration">How long it took.</param>
public sealed record StartPhase(string Name, TimeSpan Duration);
