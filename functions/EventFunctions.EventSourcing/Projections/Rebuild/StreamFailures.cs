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

    /// <summary>What is reported of an event that cannot be applied.</summary>
    public static StreamFailure Of(PoisonEventException poison) => new(poison.Stream.Value, poison.At.Version, ErrorOf(poison));

    /// <summary>What an exception says, of bounded length and without the name of its type: it is stored.</summary>
    public static string ErrorOf(Exception exception) =>
        exception.Message.Length <= MaxErrorLength ? exception.Message : exception.Message[..MaxErrorLength];
}
