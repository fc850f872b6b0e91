namespace EventFunctions.Tests.Delivery;

/// <summary>It is always the same moment, though waits end, and soon: what two runs write has the same times.</summary>
internal sealed class StandingClock : TimeProvider
{
    private const int Haste = 1000;

    public override DateTimeOffset GetUtcNow() => new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public override long GetTimestamp() => 0;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / Haste : dueTime, period);
}
