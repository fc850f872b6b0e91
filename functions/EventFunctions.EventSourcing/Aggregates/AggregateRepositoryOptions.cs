namespace EventFunctions.EventSourcing;

/// <summary>How persistent a repository is, and how much it remembers. A value out of its range throws when it is set.</summary>
public sealed record AggregateRepositoryOptions
{
    /// <summary>How often an append is tried on a head read for it before the command counts as contended: 1 or more.</summary>
    public int MaxAttempts
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    }
    = 10;

    /// <summary>The longest wait after the first conflict; it doubles with every further one. The wait itself is random.</summary>
    public TimeSpan FirstDelay
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            field = value;
        }
    }
    = TimeSpan.FromMilliseconds(10);

    /// <summary>The longest wait after any conflict.</summary>
    public TimeSpan LongestDelay
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            field = value;
        }
    }
    = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// How many commands the head of a stream remembers, with a fingerprint and as many without: a repetition is recognised
    /// while fewer than this many other commands of its kind have appended to the stream. One that comes later is decided
    /// like a new one, so what may come later must also be recognised by its decision. 1 to 1,000; every command costs some
    /// 70 bytes of every append.
    /// </summary>
    public int CommandHistoryLength
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1000);
            field = value;
        }
    }
    = 64;

    /// <summary>
    /// How many stream heads a repository keeps to spare the next command on the stream its read: 0, for none, or more. A head
    /// takes the room of its state, of its snapshot where the appends carry that on, and, for every command it remembers, some
    /// 60 bytes and the fingerprint.
    /// </summary>
    public int HeadCacheSize
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }
    = 1024;

    /// <summary>Which appends leave a snapshot; every one of them unless it is set otherwise. May be changed at any time.</summary>
    public SnapshotPolicy Snapshots
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    }
    = SnapshotPolicy.EveryAppend;

    /// <summary>The longest wait between attempt <paramref name="attempt"/> and the next.</summary>
    internal TimeSpan DelayLimit(int attempt)
    {
        var limit = FirstDelay.TotalMilliseconds * Math.Pow(2, Math.Min(attempt, 30) - 1);
        return limit < LongestDelay.TotalMilliseconds ? TimeSpan.FromMilliseconds(limit) : LongestDelay;
    }
}
