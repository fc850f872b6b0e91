namespace EventFunctions.Ordering.Saga;

/// <summary>What has to be undone if the saga fails, the last first.</summary>
/// <remarks>
/// An undo is pushed before its step is attempted, not after: a step without an answer may have taken effect. Every undo
/// therefore tolerates that there is nothing to undo.
/// </remarks>
public sealed class CompensationStack
{
    private readonly Stack<List<Undo>> _levels = new();

    /// <summary>Adds undos that may run side by side.</summary>
    public void Push(params IReadOnlyList<Undo> undos) => _levels.Push([.. undos]);

    /// <summary>Forgets an undo: its step was refused, so nothing happened.</summary>
    public void Discard(Undo undo)
    {
        foreach (var level in _levels)
        {
            level.Remove(undo);
        }
    }

    /// <summary>The next undos to run, or <see langword="null"/> when all were taken.</summary>
    public IReadOnlyList<Undo>? Pop() => _levels.TryPop(out var level) ? level : null;
}

/// <summary>How a step is undone.</summary>
/// <param name="step">The undoing step's name, unique inside the saga.</param>
/// <param name="activity">The activity that undoes.</param>
/// <param name="input">The activity's input for a step name: a second look is a step of its own.</param>
public sealed class Undo(string step, string activity, Func<string, object> input)
{
    /// <summary>The undoing step's name, unique inside the saga.</summary>
    public string Step { get; } = step;

    /// <summary>The activity that undoes.</summary>
    public string Activity { get; } = activity;

    /// <summary>The activity's input for a step name: a second look is a step of its own.</summary>
    public Func<string, object> Input { get; } = input;

    /// <summary>The product it is about, where the step happened once per product.</summary>
    public PlannedProduct? Product { get; init; }

    /// <summary>Whether the undone step ended without an answer, so that it may still take effect later.</summary>
    public bool IsUncertain { get; set; }
}
