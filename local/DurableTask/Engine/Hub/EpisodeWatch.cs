using System.Collections.Immutable;
using System.Diagnostics;

namespace EventFunctions.Local.DurableTask;

/// <summary>
/// Looks from time to time whether code has come back. What does not come back is given up: its instance fails, and its worker's place is
/// taken by another. An episode costs two writes for it, and no timer.
/// </summary>
/// <param name="maximum">How long an episode may take.</param>
/// <param name="clock">Measures it.</param>
/// <param name="giveUp">Fails the instance of an episode that took so long.</param>
internal sealed class EpisodeWatch(TimeSpan maximum, TimeProvider clock, Action<RunningEpisode, TimeSpan> giveUp) : IDisposable
{
    // An episode is noticed a quarter of its time late at most.
    private const int LooksPerEpisode = 4;

    private readonly Lock _gate = new();
    private ImmutableList<EpisodeDesk> _desks = [];
    private ITimer? _timer;

    /// <summary>Begins to look; nothing happens if it does.</summary>
    public void Start()
    {
        lock (_gate)
        {
            var period = maximum / LooksPerEpisode;
            _timer ??= clock.CreateTimer(_ => Look(), null, period, period);
        }
    }

    /// <summary>Makes a place at which one episode at a time is run. It is watched until it is given up or left.</summary>
    public EpisodeDesk Open()
    {
        var desk = new EpisodeDesk(clock);
        lock (_gate)
        {
            _desks = _desks.Add(desk);
        }

        return desk;
    }

    /// <summary>Its worker has ended.</summary>
    public void Close(EpisodeDesk desk)
    {
        lock (_gate)
        {
            _desks = _desks.Remove(desk);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _timer?.Dispose();
            _timer = null;
        }
    }

    private void Look()
    {
        // Somebody may be looking at that code at a breakpoint.
        if (Debugger.IsAttached)
        {
            return;
        }

        ImmutableList<EpisodeDesk> desks;
        lock (_gate)
        {
            desks = _desks;
        }

        foreach (var desk in desks)
        {
            if (desk.TakeLongerThan(maximum) is var (episode, elapsed))
            {
                Close(desk);
                giveUp(episode, elapsed);
            }
        }
    }
}
