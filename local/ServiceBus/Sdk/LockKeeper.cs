#nullable disable

namespace Azure.Messaging.ServiceBus;

/// <summary>Renews a lock in good time, for as long as it is wanted.</summary>
internal static class LockKeeper
{
    /// <summary>How long before its end a lock is renewed: half of what is left, at most this.</summary>
    private static readonly TimeSpan LongestMargin = TimeSpan.FromSeconds(10);

    /// <param name="lockedUntil">When the lock ends.</param>
    /// <param name="renewUntil">When to stop renewing.</param>
    /// <param name="renew">Renews it; its exceptions are the caller's.</param>
    /// <param name="clock">Tells the time.</param>
    /// <param name="cancellationToken">The lock is no longer wanted.</param>
    public static async Task KeepAsync(
        Func<DateTimeOffset> lockedUntil,
        Func<DateTimeOffset> renewUntil,
        Func<CancellationToken, Task> renew,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested && clock.GetUtcNow() < renewUntil())
        {
            var left = lockedUntil() - clock.GetUtcNow();
            if (left > TimeSpan.Zero)
            {
                var margin = left / 2 < LongestMargin ? left / 2 : LongestMargin;
                await Task.Delay(left - margin, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (cancellationToken.IsCancellationRequested || clock.GetUtcNow() >= renewUntil())
            {
                return;
            }

            await renew(cancellationToken);
        }
    }

    /// <summary>A moment so far from now, or the end of time.</summary>
    public static DateTimeOffset After(this TimeProvider clock, TimeSpan duration)
    {
        var now = clock.GetUtcNow();
        return duration == Timeout.InfiniteTimeSpan || duration >= DateTimeOffset.MaxValue - now ? DateTimeOffset.MaxValue : now + duration;
    }
}
