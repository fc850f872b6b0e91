using EventFunctions.Local.Journal;
using EventFunctions.Local.Journal.Payloads;

namespace EventFunctions.Local.ServiceBus.Durability;

/// <summary>Writes every step to the journal: one record for each.</summary>
internal sealed class JournalBrokerLog : IBrokerLog
{
    private DurableJournal? _journal;

    /// <inheritdoc />
    public bool KeepsChanges => true;

    /// <summary>Begins to write; until then nothing is done to any entity.</summary>
    public void Begin(DurableJournal journal) => _journal = journal;

    /// <inheritdoc />
    public Task AppendAsync(ReadOnlySpan<ShardStep> steps)
    {
        var journal = _journal ?? throw new InvalidOperationException("A step was made before the journal was open.");
        var writer = new RecordWriter(StepCodec.SizeOf(steps));
        try
        {
            StepCodec.Write(ref writer, steps);
            return journal.AppendAsync((byte)RecordKind.Step, writer.Written);
        }
        finally
        {
            writer.Dispose();
        }
    }
}
