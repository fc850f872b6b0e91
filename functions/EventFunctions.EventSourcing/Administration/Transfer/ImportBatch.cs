using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>Cuts events into what one step of a store takes.</summary>
internal static class ImportBatch
{
    /// <summary>The events of the next step: at least one, and no more than fit.</summary>
    public static IReadOnlyList<NumberedEvent> From(IReadOnlyList<NumberedEvent> events, int from)
    {
        var batch = new List<NumberedEvent>();
        long bytes = 0;
        foreach (var next in events.Skip(from).Take(StreamRestoration.MaxEvents))
        {
            bytes += JsonSerializer.SerializeToUtf8Bytes(next.Event, EventJson.Options).Length;
            if (batch.Count > 0 && bytes > StreamRestoration.MaxBytes)
            {
                break;
            }

            batch.Add(next);
        }

        return batch;
    }
}
