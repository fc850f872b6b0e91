namespace EventFunctions.EventSourcing;

/// <summary>The ids of the events of a page. Not safe for concurrent use.</summary>
internal sealed class EventIds
{
    private readonly Dictionary<Guid, (StreamName Stream, long Version)> _places = [];

    /// <summary>Remembers an event's id.</summary>
    /// <returns>Which other event has it; <see langword="null"/> if none does.</returns>
    public string? Claim(Guid eventId, StreamName stream, long version)
    {
        if (_places.TryAdd(eventId, (stream, version)) || _places[eventId] == (stream, version))
        {
            return null;
        }

        var (otherStream, otherVersion) = _places[eventId];
        return $"event {otherVersion} of '{otherStream}'";
    }
}
