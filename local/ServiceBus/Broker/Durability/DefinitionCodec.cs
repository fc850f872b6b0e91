using EventFunctions.Local.Journal.Payloads;

namespace EventFunctions.Local.ServiceBus.Durability;

/// <summary>Definitions of entities in a record.</summary>
internal static class DefinitionCodec
{
    private const byte Sql = 1, Correlation = 2;

    public static void WriteQueue(this ref RecordWriter writer, QueueDefinition queue)
    {
        writer.Write(queue.Name);
        writer.Write(queue.RequiresSession);
        writer.Write(queue.LockDuration);
        writer.Write(queue.MaxDeliveryCount);
        writer.Write(queue.DeadLetteringOnMessageExpiration);
        writer.Write(queue.RequiresDuplicateDetection);
        writer.Write(queue.DuplicateDetectionHistoryTimeWindow);
        writer.Write(queue.DefaultMessageTimeToLive);
        writer.Write(queue.MaxMessageSizeInKilobytes);
        writer.Write(queue.MaxSizeInMegabytes);
        writer.Write((byte)queue.Status);
        writer.Write(queue.AutoDeleteOnIdle);
        writer.WriteOptional(queue.UserMetadata);
        writer.Write(queue.EnableBatchedOperations);
        writer.WriteOptional(queue.ForwardTo);
        writer.WriteOptional(queue.ForwardDeadLetteredMessagesTo);
    }

    public static QueueDefinition ReadQueue(this ref RecordReader reader) => new()
    {
        Name = reader.ReadText(),
        RequiresSession = reader.ReadBoolean(),
        LockDuration = reader.ReadSpan(),
        MaxDeliveryCount = reader.ReadInt32(),
        DeadLetteringOnMessageExpiration = reader.ReadBoolean(),
        RequiresDuplicateDetection = reader.ReadBoolean(),
        DuplicateDetectionHistoryTimeWindow = reader.ReadSpan(),
        DefaultMessageTimeToLive = reader.ReadSpan(),
        MaxMessageSizeInKilobytes = reader.ReadInt32(),
        MaxSizeInMegabytes = reader.ReadInt32(),
        Status = ReadStatus(ref reader),
        AutoDeleteOnIdle = reader.ReadSpan(),
        UserMetadata = reader.ReadOptionalText(),
        EnableBatchedOperations = reader.ReadBoolean(),
        ForwardTo = reader.ReadOptionalText(),
        ForwardDeadLetteredMessagesTo = reader.ReadOptionalText(),
    };

    /// <summary>A topic without its subscriptions.</summary>
    public static void WriteTopic(this ref RecordWriter writer, TopicDefinition topic)
    {
        writer.Write(topic.Name);
        writer.Write(topic.RequiresDuplicateDetection);
        writer.Write(topic.DuplicateDetectionHistoryTimeWindow);
        writer.Write(topic.DefaultMessageTimeToLive);
        writer.Write(topic.MaxMessageSizeInKilobytes);
        writer.Write(topic.MaxSizeInMegabytes);
        writer.Write((byte)topic.Status);
        writer.Write(topic.AutoDeleteOnIdle);
        writer.WriteOptional(topic.UserMetadata);
        writer.Write(topic.EnableBatchedOperations);
        writer.Write(topic.SupportOrdering);
    }

    public static TopicDefinition ReadTopic(this ref RecordReader reader) => new()
    {
        Name = reader.ReadText(),
        RequiresDuplicateDetection = reader.ReadBoolean(),
        DuplicateDetectionHistoryTimeWindow = reader.ReadSpan(),
        DefaultMessageTimeToLive = reader.ReadSpan(),
        MaxMessageSizeInKilobytes = reader.ReadInt32(),
        MaxSizeInMegabytes = reader.ReadInt32(),
        Status = ReadStatus(ref reader),
        AutoDeleteOnIdle = reader.ReadSpan(),
        UserMetadata = reader.ReadOptionalText(),
        EnableBatchedOperations = reader.ReadBoolean(),
        SupportOrdering = reader.ReadBoolean(),
    };

    /// <summary>A subscription with its rules.</summary>
    public static void WriteSubscription(this ref RecordWriter writer, SubscriptionDefinition subscription)
    {
        writer.Write(subscription.Name);
        writer.Write(subscription.RequiresSession);
        writer.Write(subscription.LockDuration);
        writer.Write(subscription.MaxDeliveryCount);
        writer.Write(subscription.DeadLetteringOnMessageExpiration);
        writer.Write(subscription.DeadLetteringOnFilterEvaluationExceptions);
        writer.Write(subscription.DefaultMessageTimeToLive);
        writer.Write((byte)subscription.Status);
        writer.Write(subscription.AutoDeleteOnIdle);
        writer.WriteOptional(subscription.UserMetadata);
        writer.Write(subscription.EnableBatchedOperations);
        writer.WriteOptional(subscription.ForwardTo);
        writer.WriteOptional(subscription.ForwardDeadLetteredMessagesTo);
        writer.Write(subscription.Rules.Count);
        foreach (var rule in subscription.Rules)
        {
            WriteRule(ref writer, rule);
        }
    }

    public static SubscriptionDefinition ReadSubscription(this ref RecordReader reader) => new()
    {
        Name = reader.ReadText(),
        RequiresSession = reader.ReadBoolean(),
        LockDuration = reader.ReadSpan(),
        MaxDeliveryCount = reader.ReadInt32(),
        DeadLetteringOnMessageExpiration = reader.ReadBoolean(),
        DeadLetteringOnFilterEvaluationExceptions = reader.ReadBoolean(),
        DefaultMessageTimeToLive = reader.ReadSpan(),
        Status = ReadStatus(ref reader),
        AutoDeleteOnIdle = reader.ReadSpan(),
        UserMetadata = reader.ReadOptionalText(),
        EnableBatchedOperations = reader.ReadBoolean(),
        ForwardTo = reader.ReadOptionalText(),
        ForwardDeadLetteredMessagesTo = reader.ReadOptionalText(),
        Rules = ReadRules(ref reader),
    };

    private static void WriteRule(ref RecordWriter writer, RuleDefinition rule)
    {
        writer.Write(rule.Name);
        switch (rule.Filter)
        {
            case FilterDefinition.Sql sql:
                writer.Write(Sql);
                writer.Write(sql.SqlExpression);
                writer.WriteProperties(sql.Parameters);
                break;
            case FilterDefinition.Correlation correlation:
                writer.Write(Correlation);
                writer.WriteProperties(correlation.SystemProperties.ToDictionary(p => p.Key, object (p) => p.Value, StringComparer.Ordinal));
                writer.WriteProperties(correlation.Properties);
                break;
            default:
                throw new InvalidOperationException($"There is no form for {rule.Filter.GetType().Name}.");
        }

        writer.Write(rule.Action is not null);
        if (rule.Action is { } action)
        {
            writer.Write(action.SqlExpression);
            writer.WriteProperties(action.Parameters);
        }
    }

    private static List<RuleDefinition> ReadRules(ref RecordReader reader)
    {
        var rules = new List<RuleDefinition>();
        for (var count = reader.ReadCount(); count > 0; count--)
        {
            var name = reader.ReadText();
            FilterDefinition filter = reader.ReadByte() switch
            {
                Sql => new FilterDefinition.Sql(reader.ReadText(), reader.ReadProperties()),
                Correlation => new FilterDefinition.Correlation(
                    reader.ReadProperties()!.ToDictionary(p => p.Key, p => (string)p.Value, StringComparer.Ordinal), reader.ReadProperties()!),
                var other => throw new InvalidDataException($"There is no kind {other} of filter."),
            };
            rules.Add(new RuleDefinition(
                name, filter, reader.ReadBoolean() ? new ActionDefinition(reader.ReadText(), reader.ReadProperties()) : null));
        }

        return rules;
    }

    private static EntityStatus ReadStatus(ref RecordReader reader)
    {
        var status = (EntityStatus)reader.ReadByte();
        return Enum.IsDefined(status) ? status : throw new InvalidDataException($"There is no status {(byte)status}.");
    }
}
