using EventFunctions.Local.Journal.Payloads;

namespace EventFunctions.Local.ServiceBus.Durability;

/// <summary>Gathers what a snapshot holds of one queue, subscription or sub-queue.</summary>
internal sealed class PartReplay
{
    private readonly SharedMessages _shared = new();
    private readonly List<(string MessageId, long SequenceNumber, DateTimeOffset At)> _duplicates = [];
    private readonly List<ScheduledMessage> _scheduled = [];
    private readonly List<SessionNote> _sessions = [];
    private readonly List<MessageNote> _messages = [];
    private EntityPart _part;
    private long _lastSequenceNumber;

    /// <summary>A topic begins: what was shared before was another's.</summary>
    public void ForgetShared() => _shared.Clear();

    /// <summary>Takes a record of it.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="reader">What it has.</param>
    /// <param name="store">Where the messages of its shard are kept.</param>
    /// <exception cref="InvalidDataException">It is no record that this version knows.</exception>
    public void Take(RecordKind kind, ref RecordReader reader, MessageStore store)
    {
        switch (kind)
        {
            case RecordKind.PartNoted:
                (_part, _lastSequenceNumber) = ((EntityPart)reader.ReadByte(), reader.ReadInt64());
                break;
            case RecordKind.DuplicateNoted:
                _duplicates.Add((reader.ReadText(), reader.ReadInt64(), reader.ReadTime()));
                break;
            case RecordKind.ScheduledNoted:
                var (number, dueAt, message) = (reader.ReadInt64(), reader.ReadTime(), reader.ReadMessage());
                _scheduled.Add(new ScheduledMessage(number, message, dueAt, MessageSize.Of(message)));
                break;
            case RecordKind.SessionNoted:
                _sessions.Add(NoteCodec.ReadSession(ref reader));
                break;
            case RecordKind.SharedNoted:
                _shared.Add(store, ref reader);
                break;
            case RecordKind.MessageNoted:
                _messages.Add(NoteCodec.ReadMessage(ref reader, store, _shared));
                break;
            default:
                throw new InvalidDataException($"The journal has a record of kind {(byte)kind}, which this version of the broker does not know.");
        }
    }

    /// <summary>It is whole; the next one begins.</summary>
    public (EntityPart Part, QueueNote Note) End()
    {
        var note = new QueueNote(_lastSequenceNumber, [.. _duplicates], [.. _scheduled], [.. _sessions], [.. _messages]);
        _duplicates.Clear();
        _scheduled.Clear();
        _sessions.Clear();
        _messages.Clear();
        return (_part, note);
    }
}
