using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>Tells whether two documents are the same event.</summary>
internal static class SameEvent
{
    /// <summary>By everything they say; numbers by their value, for a store may write 2.50 as 2.5.</summary>
    public static bool Are(EventDocument a, EventDocument b) =>
        (a with { Data = default, Time = a.Time.ToUniversalTime() }) == (b with { Data = default, Time = b.Time.ToUniversalTime() })
        && JsonElement.DeepEquals(a.Data, b.Data);
}
