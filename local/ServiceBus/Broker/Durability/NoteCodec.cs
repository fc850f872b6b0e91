using EventFunctions.Local.Journal.Payloads;

namespace EventFunctions.Local.ServiceBus.Durability;

/// <summary>The form of sessions and messages in a snapshot.</summary>
internal static class NoteCodec
{
    private const int Unshared = -1;

    public static void WriteSession(ref RecordWriter writer, SessionNote session)
    {
        writer.Write(session.Id);
        writer.Write(session.LockToken is not null);
        writer.Write(session.LockToken ?? Guid.Empty);
        writer.Write(session.LockedUntil);
        writer.WriteOptional(session.State);
        writer.Write(session.StateSetAt);
    }

    public static SessionNote ReadSession(ref RecordReader reader)
    {
        var (id, isLocked, token) = (reader.ReadText(), reader.ReadBoolean(), reader.ReadGuid());
        return new SessionNote(id, isLocked ? token : null, reader.ReadTime(), reader.ReadOptionalBytes(), reader.ReadTime());
    }

    /// <summary>Writes a message of a queue.</summary>
    /// <param name="writer">Takes it.</param>
    /// <param name="note">The message.</param>
    /// <param name="shared">Its place among those that were written for several; none if it is written here.</param>
    public static void WriteMessage(ref RecordWriter writer, MessageNote note, int? shared)
    {
        writer.Write(note.SequenceNumber);
        writer.Write(note.EnqueuedSequenceNumber);
        writer.Write(note.EnqueuedAt);
        writer.Write(note.ExpiresAt);
        writer.WriteOptional(note.DeadLetterSource);
        writer.Write(note.DeliveryCount);
        writer.Write((byte)note.Place);
        writer.Write(note.IsDeferred);
        writer.Write(note.LockToken);
        writer.Write(note.LockedUntil);
        writer.Write(shared ?? Unshared);
        if (shared is null)
        {
            note.Message.WriteTo(ref writer);
        }
    }

    /// <summary>Reads a message of a queue, which the note holds.</summary>
    /// <param name="reader">Where it is.</param>
    /// <param name="store">Takes it.</param>
    /// <param name="shared">Those that were written for several.</param>
    public static MessageNote ReadMessage(ref RecordReader reader, MessageStore store, SharedMessages shared)
    {
        var (number, enqueued, at, expiresAt) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadTime(), reader.ReadTime());
        var (source, deliveries, place, isDeferred) =
            (reader.ReadOptionalText(), reader.ReadInt32(), (MessagePlace)reader.ReadByte(), reader.ReadBoolean());
        var (token, until, among) = (reader.ReadGuid(), reader.ReadTime(), reader.ReadInt32());
        if (place is not (MessagePlace.Available or MessagePlace.Locked or MessagePlace.Deferred) || among < Unshared || among >= shared.Count)
        {
            throw new InvalidDataException($"Message {number} of the snapshot is in no place.");
        }

        var (message, session) = among == Unshared ? Read(ref reader, store) : shared.Take(among);
        return new MessageNote(number, enqueued, message, session, at, expiresAt, source, deliveries, place, isDeferred, token, until);
    }

    private static (KeptMessage Message, string? SessionId) Read(ref RecordReader reader, MessageStore store)
    {
        var message = reader.ReadMessage();
        return (store.Keep(message), message.SessionId);
    }
}
