namespace EventFunctions.Local.Cosmos.Store.Provisioning;

/// <summary>
/// The request units of a key range. A second's worth is there at the most, and comes back evenly. What a request costs is known when it is
/// done: one is let in while there is anything left, and may leave less than nothing, for which those behind it wait.
/// </summary>
internal sealed class RequestBudget(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private double _left = double.PositiveInfinity;
    private long _at = clock.GetTimestamp();

    /// <summary>How long to wait before the next request; zero when it is let in.</summary>
    /// <param name="perSecond">What comes back in a second, above 0.</param>
    public TimeSpan WaitFor(double perSecond)
    {
        lock (_gate)
        {
            Refill(perSecond);
            return _left > 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_left / perSecond) + TimeSpan.FromMilliseconds(1);
        }
    }

    /// <summary>Takes what a request has cost.</summary>
    public void Take(double charge, double perSecond)
    {
        lock (_gate)
        {
            Refill(perSecond);
            _left -= charge;
        }
    }

    private void Refill(double perSecond)
    {
        var now = clock.GetTimestamp();
        _left = Math.Min(perSecond, _left + (clock.GetElapsedTime(_at, now).TotalSeconds * perSecond));
        _at = now;
    }
}
