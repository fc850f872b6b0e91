using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>The time of an event as text, just as <see cref="EventDocument.Time"/> is stored.</summary>
public static class EventTime
{
    /// <summary>
    /// The text of a time: UTC with its offset and with as many decimals of a second as it needs, e.g.
    /// <c>2026-03-01T10:00:00.25+00:00</c>. The ordinal order of texts is the order of times, because <c>+</c> comes before
    /// <c>.</c> and both before the digits: a store that compares text finds a window of time.
    /// </summary>
    public static string TextOf(DateTimeOffset time) =>
        JsonSerializer.SerializeToElement(time.ToUniversalTime(), EventJson.Options).GetString()!;
}
