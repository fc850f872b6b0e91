namespace EventFunctions.EventSourcing;

/// <summary>
/// An event that a projection cannot apply for the event's own sake: delivered again it fails again, until the code or what
/// is stored has been mended.
/// </summary>
/// <param name="stream">The stream.</param>
/// <param name="at">The event.</param>
/// <param name="cause">Why it cannot be applied.</param>
public sealed class PoisonEventException(StreamName stream, StalledEvent at, Exception cause)
    : Exception($"Event {at.Version} of '{stream}' cannot be applied: {cause.Message}", cause)
{
    /// <summary>The stream.</summary>
    public StreamName Stream { get; } = stream;

    /// <summary>The event.</summary>
    public StalledEvent At { get; } = at;

    /// <summary>An event that could be read and not be applied.</summary>
    public static PoisonEventException Applying(EventEnvelope envelope, Exception cause)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return new PoisonEventException(envelope.Stream, StalledEvent.Of(envelope), cause);
    }

    /// <summary>An event that could not even be read.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="version">The event's version: the one after the last that could be read.</param>
    /// <param name="cause">Why, see <see cref="Concerns"/>.</param>
    public static PoisonEventException Reading(StreamName stream, long version, Exception cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return new PoisonEventException(stream, new StalledEvent(version, (cause as UnknownEventTypeException)?.Name, EventId: null), cause);
    }

    /// <summary>
    /// Whether a failure to read an event is the event's own. All others are those of the store or of the moment: it is away,
    /// or the call was given up.
    /// </summary>
    public static bool Concerns(Exception exception) =>
        exception is UnknownEventTypeException or EventFormatException or StreamCorruptedException or StreamTruncatedException;
}
