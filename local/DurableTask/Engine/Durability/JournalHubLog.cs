using EventFunctions.Local.Journal;
using EventFunctions.Local.Journal.Payloads;

namespace EventFunctions.Local.DurableTask.Durability;

/// <summary>Writes every record of the hub to a journal.</summary>
internal sealed class JournalHubLog(DurableJournal journal) : IHubLog
{
    private const int Usual = 1024;

    public Task AppendAsync(HubRecord record)
    {
        var writer = new RecordWriter(Usual);
        try
        {
            var kind = HubRecordCodec.Write(ref writer, record);
            return journal.AppendAsync((byte)kind, writer.Written);
        }
        catch (Exception ended) when (ended is JournalFailedException or ObjectDisposedException)
        {
            // Not this record is refused, but any.
            return Task.FromException(ended);
        }
        finally
        {
            writer.Dispose();
        }
    }
}
