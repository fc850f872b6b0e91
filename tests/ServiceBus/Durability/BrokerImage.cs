using System.Globalization;
using System.Text;

namespace EventFunctions.Local.ServiceBus.Tests.Durability;

/// <summary>
/// What anybody could see of a broker's entities, as text: equal texts, equal brokers. Message ids that were seen are left out, as they
/// are forgotten by the clock. Nothing may be done to the broker meanwhile. It makes sure that each shard keeps its messages and no others.
/// </summary>
internal static class BrokerImage
{
    public static string Of(EntityCatalogue catalogue)
    {
        var text = new StringBuilder();
        var (last, queues, topics) = catalogue.Note();
        text.Append(CultureInfo.InvariantCulture, $"last number {last}\n");
        foreach (var queue in queues)
        {
            text.Append(CultureInfo.InvariantCulture, $"queue {queue.Number} {queue.Definition} {queue.IsDeclared} {queue.Queue.Shard.Meter.Bytes}\n");
            Describe(queue.Queue, text);
            AssertKeeps(queue.Queue.Shard, PartsOf(queue.Queue));
        }

        foreach (var topic in topics)
        {
            text.Append(CultureInfo.InvariantCulture, $"topic {topic.Shard.Number} {topic.Definition with { Subscriptions = [] }} {topic.IsDeclared} {topic.Shard.Meter.Bytes}\n");
            text.Append(CultureInfo.InvariantCulture, $"{topic.Times.CreatedAt:O} {topic.Times.UpdatedAt:O}\n");
            Describe(topic.State.Note(), text);
            foreach (var subscription in topic.Subscriptions.OrderBy(s => s.Number))
            {
                var rules = string.Join("; ", subscription.Definition.Rules.Select(Describe));
                text.Append(CultureInfo.InvariantCulture, $"subscription {subscription.Number} {subscription.Definition with { Rules = [] }} {subscription.IsDeclared} {rules}\n");
                Describe(subscription.Queue, text);
            }

            AssertKeeps(topic.Shard, topic.Subscriptions.SelectMany(s => PartsOf(s.Queue)));
        }

        return text.ToString();
    }

    private static void Describe(MessageQueue queue, StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"{queue.Times.CreatedAt:O} {queue.Times.UpdatedAt:O}\n");
        foreach (var part in PartsOf(queue))
        {
            text.Append(CultureInfo.InvariantCulture, $"part {part.Path} {part.State.Bytes}");
            foreach (var place in Enum.GetValues<MessagePlace>().Where(p => p != MessagePlace.Gone))
            {
                text.Append(CultureInfo.InvariantCulture, $" {place}={part.State.CountOf(place)}");
            }

            text.Append(CultureInfo.InvariantCulture, $" locks {string.Join(' ', part.State.Locks.Select(m => m.LockedUntil.Ticks))}");
            text.Append(CultureInfo.InvariantCulture, $" session locks {string.Join(' ', part.State.Sessions.Locks.Select(s => s.LockedUntil.Ticks))}\n");
            var note = part.State.Note();
            Describe(note, text);
            note.Release();
        }
    }

    private static MessageQueue[] PartsOf(MessageQueue queue) => [queue, queue.DeadLetterQueue!, queue.TransferDeadLetterQueue!];

    private static void AssertKeeps(EntityShard shard, IEnumerable<MessageQueue> parts)
    {
        var kept = parts.SelectMany(p => p.State.Messages.From(0)).Select(m => m.Message).Distinct();
        Assert.Equal(kept.Sum(m => (m.Length + BlockChunk.BlockSize - 1) / BlockChunk.BlockSize), shard.Messages.Blocks.BlocksTaken);
    }

    private static void Describe(QueueNote note, StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"last {note.LastSequenceNumber}\n");
        foreach (var scheduled in note.Scheduled)
        {
            text.Append(CultureInfo.InvariantCulture, $"scheduled {scheduled.SequenceNumber} {scheduled.DueAt:O} {scheduled.Size} {Describe(scheduled.Message)}\n");
        }

        foreach (var session in note.Sessions.OrderBy(s => s.Id, StringComparer.Ordinal))
        {
            var state = session.State is { } bytes ? Convert.ToHexString(bytes.Span) : "none";
            text.Append(CultureInfo.InvariantCulture, $"session {session.Id} {session.LockToken} {(session.LockToken is null ? default : session.LockedUntil):O} {state}\n");
        }

        foreach (var message in note.Messages)
        {
            text.Append(CultureInfo.InvariantCulture, $"{message with { Message = default }} {Describe(message.Message.Read())}\n");
        }
    }

    private static string Describe(BrokerMessage message)
    {
        var properties = string.Join(' ', message.Properties.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value?.GetType().Name}:{p.Value}"));
        return string.Create(CultureInfo.InvariantCulture, $"{message with { Properties = BrokerMessage.NoProperties, Body = default, Opaque = default }} {properties} {Convert.ToHexString(message.Body.Span)} {Convert.ToHexString(message.Opaque.Span)}");
    }

    private static string Describe(RuleDefinition rule)
    {
        var filter = rule.Filter switch
        {
            FilterDefinition.Sql sql => $"{sql.SqlExpression} {Describe(sql.Parameters)}",
            FilterDefinition.Correlation correlation => $"{string.Join(' ', correlation.SystemProperties)} {Describe(correlation.Properties)}",
            _ => throw new InvalidOperationException(rule.Filter.GetType().Name),
        };
        return $"{rule.Name}: {filter} -> {rule.Action?.SqlExpression} {Describe(rule.Action?.Parameters)}";
    }

    private static string Describe(IReadOnlyDictionary<string, object>? values) => values is null ? "" : string.Join(' ', values);
}
