namespace EventFunctions.EventSourcing;

/// <summary>Stored events that follow each other.</summary>
internal static class EventRun
{
    /// <summary>The checksum after the events.</summary>
    public static string Checksum(string before, IEnumerable<EventDocument> documents) => documents.Aggregate(before, ChecksumChain.After);

    /// <summary>The documents, if there is just one for each version.</summary>
    /// <exception cref="StreamCorruptedException">An event is missing, doubled or unreadable.</exception>
    public static IReadOnlyList<EventDocument> Check(StreamName stream, IReadOnlyList<StoredEvent> stored, long from, long through)
    {
        var documents = new List<EventDocument>(stored.Count);
        foreach (var item in stored)
        {
            var expected = from + documents.Count;
            if (item.Version != expected)
            {
                throw Missing(stream, expected);
            }

            try
            {
                documents.Add(item.ToDocument());
            }
            catch (EventFormatException exception)
            {
                throw new StreamCorruptedException(stream, expected, exception.Message, exception);
            }
        }

        return documents.Count == through - from + 1 ? documents : throw Missing(stream, from + documents.Count);
    }

    private static StreamCorruptedException Missing(StreamName stream, long version) => new(stream, version, "the event is missing.");
}
