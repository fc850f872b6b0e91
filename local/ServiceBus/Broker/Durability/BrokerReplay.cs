using EventFunctions.Local.Journal.Payloads;

namespace EventFunctions.Local.ServiceBus.Durability;

/// <summary>Builds the entities up again from the records of a journal: those of its snapshot first, then the steps behind it.</summary>
internal sealed class BrokerReplay(EntityCatalogue catalogue)
{
    private readonly StepReplay _steps = new(catalogue);
    private readonly PartReplay _part = new();
    private Topic? _topic;

    /// <summary>Where the parts that follow belong, and where their messages are kept.</summary>
    private (Action<EntityPart, QueueNote> Load, MessageStore Store)? _target;

    private (Action<EntityPart, QueueNote> Load, MessageStore Store) Target =>
        _target ?? throw new InvalidDataException("The snapshot has a part before any entity.");

    /// <summary>Takes the next record.</summary>
    /// <exception cref="InvalidDataException">It is none of this broker's, or does not follow on the ones before.</exception>
    public void Take(byte kind, ReadOnlySpan<byte> payload)
    {
        var reader = new RecordReader(payload);
        switch ((RecordKind)kind)
        {
            case RecordKind.Step:
                foreach (var step in StepCodec.Read(ref reader))
                {
                    _steps.Take(step);
                }

                return;
            case RecordKind.NamespaceNoted:
                catalogue.NoteNumber(reader.ReadUInt32());
                break;
            case RecordKind.QueueNoted:
                TakeQueue(ref reader);
                break;
            case RecordKind.TopicNoted:
                TakeTopic(ref reader);
                break;
            case RecordKind.SubscriptionNoted:
                TakeSubscription(ref reader);
                break;
            case RecordKind.PartComplete:
                var (part, note) = _part.End();
                Target.Load(part, note);
                break;
            case var other:
                _part.Take(other, ref reader, Target.Store);
                break;
        }

        reader.End();
    }

    private void TakeQueue(ref RecordReader reader)
    {
        var head = Head.Read(ref reader);
        var entity = catalogue.Restore(head.Number, new CatalogueRecord.QueueCreated(reader.ReadQueue(), head.IsDeclared, head.CreatedAt));
        entity.Queue.Times.UpdatedAt = head.UpdatedAt;
        _steps.Add(entity, head.Steps);
        _target = ((part, note) => StateOf(entity.Queue, part).Load(note), entity.Queue.Shard.Messages);
    }

    private void TakeTopic(ref RecordReader reader)
    {
        var head = Head.Read(ref reader);
        var topic = catalogue.Restore(head.Number, new CatalogueRecord.TopicCreated(reader.ReadTopic(), head.IsDeclared, head.CreatedAt));
        topic.Times.UpdatedAt = head.UpdatedAt;
        _steps.Add(topic, head.Steps);
        _part.ForgetShared();
        _topic = topic;
        _target = ((_, note) => topic.State.Load(note), topic.Shard.Messages);
    }

    private void TakeSubscription(ref RecordReader reader)
    {
        var topic = _topic ?? throw new InvalidDataException("The snapshot has a subscription before any topic.");
        var head = Head.Read(ref reader);
        var created = new CatalogueRecord.SubscriptionCreated(reader.ReadSubscription(), head.IsDeclared, head.CreatedAt);
        var subscription = catalogue.Restore(head.Number, created, topic);
        subscription.Queue.Times.UpdatedAt = head.UpdatedAt;
        _steps.Add(topic, subscription);
        _target = ((part, note) => StateOf(subscription.Queue, part).Load(note), topic.Shard.Messages);
    }

    private static QueueState StateOf(MessageQueue queue, EntityPart part) => part switch
    {
        EntityPart.Main => queue.State,
        EntityPart.DeadLetter => queue.DeadLetterQueue!.State,
        _ => queue.TransferDeadLetterQueue!.State,
    };

    /// <summary>What <see cref="EntityNote{TDefinition}.WriteHead"/> wrote.</summary>
    private sealed record Head(uint Number, long Steps, bool IsDeclared, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
    {
        public static Head Read(ref RecordReader reader) =>
            new(reader.ReadUInt32(), reader.ReadInt64(), reader.ReadBoolean(), reader.ReadTime(), reader.ReadTime());
    }
}
