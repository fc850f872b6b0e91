using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Local.Journal;
using EventFunctions.Local.Journal.Payloads;

namespace EventFunctions.Local.Cosmos.Durability;

/// <summary>Writes every change to the journal. Once the journal has failed, a change is refused before it is made.</summary>
internal sealed class JournalLog(DurableJournal journal) : IStoreLog
{
    public Task AppendAsync(StoreRecord record)
    {
        var writer = new RecordWriter(StoreRecordCodec.SizeOf(record));
        try
        {
            var kind = StoreRecordCodec.Write(ref writer, record);
            return journal.AppendAsync((byte)kind, writer.Written);
        }
        finally
        {
            writer.Dispose();
        }
    }
}
