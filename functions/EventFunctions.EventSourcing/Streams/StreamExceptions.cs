namespace EventFunctions.EventSourcing;

/// <summary>A stream is not what its own rules say it is: an event is missing, doubled or of a foreign kind.</summary>
/// <param name="stream">The stream.</param>
/// <param name="version">The version where it shows; 0 for the head.</param>
/// <param name="reason">What is wrong there.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class StreamCorruptedException(StreamName stream, long version, string reason, Exception? innerException = null)
    : Exception($"Stream '{stream}' is corrupted at version {version}: {reason}", innerException)
{
    /// <summary>The stream.</summary>
    public StreamName Stream { get; } = stream;

    /// <summary>The version where it shows.</summary>
    public long Version { get; } = version;
}

/// <summary>An append is larger than the store can write in one atomic step; nothing was written.</summary>
/// <param name="stream">The stream.</param>
/// <param name="operations">The items the append would write, the head included.</param>
/// <param name="maxOperations">The most the store takes.</param>
/// <param name="bytes">The size of the append.</param>
/// <param name="maxBytes">The largest the store takes.</param>
public sealed class AppendTooLargeException(StreamName stream, int operations, int maxOperations, long bytes, long maxBytes)
    : Exception(
        $"An append to '{stream}' has {operations} operations of at most {maxOperations} and {bytes} bytes of at most {maxBytes}. "
        + "Split the command into smaller ones.")
{
    /// <summary>The stream.</summary>
    public StreamName Stream { get; } = stream;

    /// <summary>The items the append would write, the head included.</summary>
    public int Operations { get; } = operations;

    /// <summary>The size of the append in bytes.</summary>
    public long Bytes { get; } = bytes;
}

/// <summary>A store cannot be reached, is overloaded or did not answer in time. Trying again later may help.</summary>
/// <param name="message">Which store, and what it answered.</param>
/// <param name="retryAfter">How long the store asks to wait, where it does.</param>
/// <param name="innerException">The cause.</param>
public sealed class StoreUnavailableException(string message, TimeSpan? retryAfter = null, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>How long the store asks to wait, where it does.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
