namespace EventFunctions.Local.DurableTask;

/// <summary>Where a worker runs its episodes.</summary>
internal sealed class EpisodeDesk(TimeProvider clock)
{
    private readonly TaskCompletionSource _givenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RunningEpisode? _running;

    /// <summary>Ends when the episode that was begun is given up; whoever works here is to leave when its code comes back after all.</summary>
    public Task GivenUp => _givenUp.Task;

    /// <summary>An episode begins.</summary>
    public void Begin(InstanceEntry entry, InstanceState state, InboxSelection selection) =>
        Volatile.Write(ref _running, new RunningEpisode(entry, state, selection, clock.GetTimestamp()));

    /// <summary>The episode has ended.</summary>
    /// <returns>Whether it still counts; it was given up otherwise.</returns>
    public bool End() => Interlocked.Exchange(ref _running, null) is not null;

    /// <summary>Takes the episode away if it has begun so long ago.</summary>
    public (RunningEpisode Episode, TimeSpan Elapsed)? TakeLongerThan(TimeSpan maximum)
    {
        if (Volatile.Read(ref _running) is not { } running)
        {
            return null;
        }

        var elapsed = clock.GetElapsedTime(running.Began);
        if (elapsed < maximum || Interlocked.CompareExchange(ref _running, null, running) != running)
        {
            return null;
        }

        _givenUp.SetResult();
        return (running, elapsed);
    }
}

/// <summary>An episode whose code runs.</summary>
/// <param name="Entry">The instance.</param>
/// <param name="State">Where it stood before.</param>
/// <param name="Selection">What it takes from the inbox.</param>
/// <param name="Began">When it began, by the watch's clock.</param>
internal sealed record RunningEpisode(InstanceEntry Entry, InstanceState State, InboxSelection Selection, long Began);
