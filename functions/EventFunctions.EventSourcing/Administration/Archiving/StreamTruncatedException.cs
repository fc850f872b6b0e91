namespace EventFunctions.EventSourcing;

/// <summary>Events were taken out of a stream and no copy of them was kept.</summary>
/// <param name="stream">The stream.</param>
/// <param name="version">The first version that was asked for.</param>
/// <param name="firstAvailable">The first version that can still be read.</param>
public sealed class StreamTruncatedException(StreamName stream, long version, long firstAvailable)
    : Exception(
        $"Stream '{stream}' was truncated without a copy: version {version} is gone, the first that can be read is {firstAvailable}. "
        + "Read from there on, or import the stream from a backup into a store of its own.")
{
    /// <summary>The stream.</summary>
    public StreamName Stream { get; } = stream;

    /// <summary>The first version that was asked for.</summary>
    public long Version { get; } = version;

    /// <summary>The first version that can still be read.</summary>
    public long FirstAvailable { get; } = firstAvailable;
}
