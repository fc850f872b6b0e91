namespace EventFunctions.Local.DurableTask;

/// <summary>
/// The cancellation tokens that orchestrator code gave to its waits. They are listened to while an episode runs, and not in between:
/// they may outlive the episode, which must neither be kept in memory by one nor go on when it is cancelled.
/// </summary>
internal sealed class TokenWatches
{
    private readonly List<TokenWatch> _watches = [];

    /// <summary>Whether one was cancelled that a wait still depends on.</summary>
    public bool IsAnyCancelled => _watches.Exists(watch => watch.IsCancelled);

    /// <summary>Listens to a token until the episode or the wait ends.</summary>
    /// <returns><see langword="null"/> for a token that is never cancelled.</returns>
    public TokenWatch? Add(Action<CancellationToken> cancelled, CancellationToken token)
    {
        if (!token.CanBeCanceled)
        {
            return null;
        }

        var watch = new TokenWatch(cancelled, token);
        _watches.Add(watch);
        watch.Listen();
        return watch;
    }

    /// <summary>Listens again, in the order in which the code asked for it: a cancellation reaches the waits as it would have then.</summary>
    public void Resume() => _watches.ForEach(watch => watch.Listen());

    /// <summary>Stops listening, until <see cref="Resume"/>.</summary>
    public void Pause()
    {
        _watches.RemoveAll(watch => watch.HasEnded);
        _watches.ForEach(watch => watch.Pause());
    }
}

/// <summary>What one wait wants of a token.</summary>
internal sealed class TokenWatch(Action<CancellationToken> cancelled, CancellationToken token)
{
    private CancellationTokenRegistration _registration;

    /// <summary>Whether the wait is over.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Whether the wait goes on with a cancelled token.</summary>
    public bool IsCancelled => !HasEnded && token.IsCancellationRequested;

    public void Listen()
    {
        if (!HasEnded)
        {
            _registration = token.UnsafeRegister((_, by) => cancelled(by), null);
        }
    }

    public void Pause() => _registration.Unregister();

    /// <summary>The wait is over.</summary>
    public void End()
    {
        HasEnded = true;
        _registration.Unregister();
    }
}
