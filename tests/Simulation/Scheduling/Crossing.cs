namespace EventFunctions.Tests.Simulation;

/// <summary>
/// The border between the simulated processes and everything outside of them. Whoever crosses it waits until the simulation lets him
/// go on, so what happens side by side happens in the order of the seed's choice, and a crash finds everything half done.
/// </summary>
internal sealed class Crossing
{
    private readonly List<Waiting> _waiting = [];

    /// <summary>What waits to be let through, the oldest first.</summary>
    public IReadOnlyList<Waiting> All => _waiting;

    /// <summary>The moment that the clock must not pass before something has been let through.</summary>
    public DateTimeOffset Limit => _waiting.Count == 0 ? DateTimeOffset.MaxValue : _waiting.Min(w => w.By.Deadline);

    /// <summary>Waits to be let through; code outside of the simulated processes isn't held up.</summary>
    /// <param name="place">Where, for the trace.</param>
    public Task PassAsync(string place)
    {
        if (Activation.Current is not { } by)
        {
            return Task.CompletedTask;
        }

        var passage = new TaskCompletionSource();
        if (!by.IsDropped)
        {
            _waiting.Add(new Waiting(by, place, passage));
        }

        return passage.Task;
    }

    /// <summary>Lets one through: its code runs, on the caller's thread, until it waits again.</summary>
    public void Release(Waiting waiting)
    {
        _waiting.Remove(waiting);
        waiting.Passage.SetResult();
    }

    /// <summary>Forgets whatever was dropped with its process; it never goes on.</summary>
    public void Forget() => _waiting.RemoveAll(waiting => waiting.By.IsDropped);
}

/// <summary>Code that waits at the border.</summary>
/// <param name="By">What it belongs to.</param>
/// <param name="Place">Where it waits.</param>
/// <param name="Passage">Lets it go on.</param>
internal sealed record Waiting(Activation By, string Place, TaskCompletionSource Passage)
{
    public override string ToString() => $"{By.Name} goes on at {Place}";
}
