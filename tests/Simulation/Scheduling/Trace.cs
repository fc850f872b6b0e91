using System.Globalization;

namespace EventFunctions.Tests.Simulation;

/// <summary>What a run did, step by step.</summary>
internal sealed class Trace
{
    private readonly List<string> _steps = [];

    /// <summary>How many steps there were.</summary>
    public int Count => _steps.Count;

    /// <summary>Notes a step.</summary>
    public void Add(DateTimeOffset now, string step) =>
        _steps.Add(string.Create(CultureInfo.InvariantCulture, $"{_steps.Count,5} {now:dd HH:mm:ss.fff} {step}"));

    /// <summary>The last steps, a line for each.</summary>
    public string Tail(int count) => string.Join(Environment.NewLine, _steps.TakeLast(count));

    /// <summary>All of it.</summary>
    public override string ToString() => string.Join(Environment.NewLine, _steps);
}
