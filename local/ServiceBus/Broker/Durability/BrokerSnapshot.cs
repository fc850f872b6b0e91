using EventFunctions.Local.Journal.Compaction;
using EventFunctions.Local.Journal.Payloads;

namespace EventFunctions.Local.ServiceBus.Durability;

/// <summary>Writes all that a broker holds into a snapshot, one queue or topic after another, while steps go on.</summary>
internal sealed class BrokerSnapshot(SnapshotWriter snapshot, CancellationToken cancellationToken)
{
    /// <summary>Messages of the topic that is being written which several subscriptions may have, by the order of writing.</summary>
    private readonly Dictionary<KeptMessage, int> _shared = [];

    public void Write(EntityCatalogue catalogue)
    {
        var (lastNumber, queues, topics) = catalogue.Note();
        Write(RecordKind.NamespaceNoted, lastNumber, static (ref writer, number) => writer.Write(number));
        foreach (var queue in queues)
        {
            Write(queue);
        }

        foreach (var topic in topics)
        {
            Write(topic);
        }
    }

    private void Write(QueueEntity entity)
    {
        EntityNote<QueueDefinition> note;
        using (entity.Queue.Shard.Enter())
        {
            if (entity.Queue.IsDeleted)
            {
                return;
            }

            note = new EntityNote<QueueDefinition>(
                entity.Number, entity.Queue.Shard.Steps, entity.Definition, entity.IsDeclared, entity.Queue.Times, PartsOf(entity.Queue));
        }

        try
        {
            Write(RecordKind.QueueNoted, note, static (ref writer, note) =>
            {
                note.WriteHead(ref writer);
                writer.WriteQueue(note.Definition);
            });
            WriteParts(note.Parts, shares: false);
        }
        finally
        {
            Release(entity.Queue.Shard, note.Parts);
        }
    }

    private void Write(Topic topic)
    {
        EntityNote<TopicDefinition> note;
        QueueNote own;
        List<EntityNote<SubscriptionDefinition>> subscriptions;
        using (topic.Shard.Enter())
        {
            if (topic.IsDeleted)
            {
                return;
            }

            note = new EntityNote<TopicDefinition>(topic.Shard.Number, topic.Shard.Steps, topic.Definition, topic.IsDeclared, topic.Times, []);
            own = topic.State.Note();
            subscriptions = [.. topic.Subscriptions.Select(s => new EntityNote<SubscriptionDefinition>(
                s.Number, topic.Shard.Steps, s.Definition, s.IsDeclared, s.Queue.Times, PartsOf(s.Queue)))];
        }

        try
        {
            Write(RecordKind.TopicNoted, note, static (ref writer, note) =>
            {
                note.WriteHead(ref writer);
                writer.WriteTopic(note.Definition);
            });
            WritePart(EntityPart.Main, own, shares: false);
            WriteSubscriptions(subscriptions);
        }
        finally
        {
            Release(topic.Shard, subscriptions.SelectMany(s => s.Parts));
        }
    }

    private void WriteSubscriptions(List<EntityNote<SubscriptionDefinition>> subscriptions)
    {
        _shared.Clear();
        foreach (var subscription in subscriptions)
        {
            Write(RecordKind.SubscriptionNoted, subscription, static (ref writer, note) =>
            {
                note.WriteHead(ref writer);
                writer.WriteSubscription(note.Definition);
            });
            WriteParts(subscription.Parts, shares: subscriptions.Count > 1);
        }

        _shared.Clear();
    }

    private static void Release(EntityShard shard, IEnumerable<QueueNote> parts)
    {
        using (shard.Enter())
        {
            foreach (var part in parts)
            {
                part.Release();
            }
        }
    }

    private static IReadOnlyList<QueueNote> PartsOf(MessageQueue queue) =>
        [queue.State.Note(), queue.DeadLetterQueue!.State.Note(), queue.TransferDeadLetterQueue!.State.Note()];

    private void WriteParts(IReadOnlyList<QueueNote> parts, bool shares)
    {
        for (var part = 0; part < parts.Count; part++)
        {
            WritePart((EntityPart)part, parts[part], shares);
        }
    }

    private void WritePart(EntityPart part, QueueNote note, bool shares)
    {
        Write(RecordKind.PartNoted, (part, note.LastSequenceNumber), static (ref writer, head) =>
        {
            writer.Write((byte)head.part);
            writer.Write(head.LastSequenceNumber);
        });
        WriteAll(RecordKind.DuplicateNoted, note.Duplicates, static (ref writer, seen) =>
        {
            writer.Write(seen.MessageId);
            writer.Write(seen.SequenceNumber);
            writer.Write(seen.At);
        });
        WriteAll(RecordKind.ScheduledNoted, note.Scheduled, static (ref writer, scheduled) =>
        {
            writer.Write(scheduled.SequenceNumber);
            writer.Write(scheduled.DueAt);
            writer.WriteMessage(scheduled.Message);
        });
        WriteAll(RecordKind.SessionNoted, note.Sessions, NoteCodec.WriteSession);
        foreach (var message in note.Messages)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Write(RecordKind.MessageNoted, (message, shares ? Share(message.Message) : null), static (ref writer, noted) =>
                NoteCodec.WriteMessage(ref writer, noted.message, noted.Item2));
        }

        snapshot.Write((byte)RecordKind.PartComplete, []);
    }

    /// <summary>Writes a message that others may have too, once.</summary>
    /// <returns>Its place among those of the topic.</returns>
    private int? Share(KeptMessage message)
    {
        if (!_shared.TryGetValue(message, out var place))
        {
            place = _shared.Count;
            _shared.Add(message, place);
            Write(RecordKind.SharedNoted, message, static (ref writer, message) => message.WriteTo(ref writer));
        }

        return place;
    }

    private void WriteAll<T>(RecordKind kind, IEnumerable<T> notes, WritePayload<T> write)
    {
        foreach (var note in notes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Write(kind, note, write);
        }
    }

    private void Write<T>(RecordKind kind, T note, WritePayload<T> write)
    {
        const int usual = 2048;
        var writer = new RecordWriter(usual);
        try
        {
            write(ref writer, note);
            snapshot.Write((byte)kind, writer.Written);
        }
        finally
        {
            writer.Dispose();
        }
    }

    private delegate void WritePayload<in T>(ref RecordWriter writer, T note);
}
