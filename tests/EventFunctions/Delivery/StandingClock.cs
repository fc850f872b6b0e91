namespace EventFunctions.Tests.Delivery;

/// <summary>It is always the same moment, though waits end: what two runs write has the same times.</summary>
internal sealed class StandingClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public override long GetTimestamp() => 0;
}
