using System.Runtime.CompilerServices;

namespace EventFunctions.EventSourcing;

/// <summary>Makes chunks of events that come from another system.</summary>
public static class EventChunks
{
    /// <summary>The events as chunks that a store imports, each a whole export: they have to be sent in order all the same.</summary>
    /// <param name="events">The events, those of one stream in order.</param>
    /// <param name="source">Where they come from, for a person.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async IAsyncEnumerable<byte[]> WriteAsync(
        IAsyncEnumerable<EventDocument> events,
        string source,
        TimeProvider timeProvider,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(timeProvider);
        using var bytes = new MemoryStream();
        ChunkWriter? chunk = null;
        await foreach (var document in events.WithCancellation(cancellationToken))
        {
            if (chunk is null)
            {
                chunk = new ChunkWriter(new ExportHeader(
                    ExportHeader.FormatName, ExportHeader.CurrentVersion, source, timeProvider.GetUtcNow(), 0, ChecksumChain.Start, Foreign: true));
                bytes.Write(chunk.Header());
            }

            bytes.Write(chunk.Line(new ExportContent(Event: document)));
            if (chunk.IsFull)
            {
                yield return Take(chunk);
                chunk = null;
            }
        }

        if (chunk is not null)
        {
            yield return Take(chunk);
        }

        byte[] Take(ChunkWriter full)
        {
            bytes.Write(full.LastFooter());
            var taken = bytes.ToArray();
            bytes.SetLength(0);
            return taken;
        }
    }
}
