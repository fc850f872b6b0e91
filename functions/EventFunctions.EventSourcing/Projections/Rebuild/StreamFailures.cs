namespace EventFunctions.EventSourcing;

/// <summary>Tells what is wrong with one stream from what would befall all of them.</summary>
internal static class StreamFailures
{
    private const int MaxErrorLength = 500;

    /// <summary>Whether an exception concerns the stream that was worked on, so that others can go on.</summary>
    public static bool IsOfTheStream(Exception exception) =>
        exception is not (StoreUnavailableException or OperationCanceledException or ProjectionContendedException);

    /// <summary>What is reported of it.</summary>
    public static StreamFailure Of(EventEnvelope envelope, Exception exception) => new(envelope.Stream.Value, envelope.Version, ErrorOf(exception));

    /// <summary>An exception as one line of bounded length.</summary>
    public static string ErrorOf(Exception exception)
    {
        var text = $"{exception.GetType().Name}: {exception.Message}";
        return text.Length <= MaxErrorLength ? text : text[..MaxErrorLength];
    }
}
