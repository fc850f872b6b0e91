namespace EventFunctions.EventSourcing;

/// <summary>A point in the history of a stream.</summary>
public abstract record Moment
{
    private Moment()
    {
    }

    /// <summary>Just after the event of a version.</summary>
    public sealed record AtVersion : Moment
    {
        /// <summary>Names a version.</summary>
        /// <param name="version">1 or more.</param>
        /// <exception cref="ArgumentOutOfRangeException">No event has such a version.</exception>
        public AtVersion(long version)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
            Version = version;
        }

        /// <summary>The version.</summary>
        public long Version { get; }
    }

    /// <summary>At a time: after every event that had happened by then, those of that very instant included.</summary>
    /// <param name="Time">The time; one to come shows the stream as it is now.</param>
    public sealed record AtTime(DateTimeOffset Time) : Moment;
}
