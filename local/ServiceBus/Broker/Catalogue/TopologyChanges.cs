using System.Globalization;
using EventFunctions.Local.Journal.Payloads;
using EventFunctions.Local.ServiceBus.Durability;

namespace EventFunctions.Local.ServiceBus;

/// <summary>Compares a topology with the entities there are. Nothing is changed here.</summary>
internal static class TopologyChanges
{
    /// <summary>Refuses a topology that can't be taken on without losing messages.</summary>
    /// <exception cref="MessagingTopologyException">The message names the place in the file, or what is missing there.</exception>
    public static void Check(
        MessagingTopology topology, IReadOnlyDictionary<string, QueueEntity> queues, IReadOnlyDictionary<string, Topic> topics)
    {
        for (var i = 0; i < topology.Topics.Count; i++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"$.topics[{i}]");
            var definition = topology.Topics[i];
            if (queues.TryGetValue(definition.Name, out var queue))
            {
                RefuseUnlessEmpty($"{path}.name", $"'{definition.Name}' is a queue", queue.IsDeclared, queue.Queue);
            }

            if (topics.TryGetValue(definition.Name, out var topic))
            {
                CheckTopic(path, definition, topic);
            }
        }

        for (var i = 0; i < topology.Queues.Count; i++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"$.queues[{i}]");
            var definition = topology.Queues[i];
            if (topics.TryGetValue(definition.Name, out var topic))
            {
                throw Refusal($"{path}.name", $"'{definition.Name}' is a topic");
            }

            if (queues.TryGetValue(definition.Name, out var queue))
            {
                RefuseIfOther($"{path}.requiresSession", queue.Definition.RequiresSession, definition.RequiresSession);
                RefuseIfOther($"{path}.requiresDuplicateDetection", queue.Definition.RequiresDuplicateDetection, definition.RequiresDuplicateDetection);
            }
        }

        foreach (var gone in Gone(topology.Queues.Select(q => q.Name), queues.Values.Where(q => q.IsDeclared), q => q.Definition.Name))
        {
            RefuseUnlessEmpty("$.queues", $"the queue '{gone.Definition.Name}' is not declared any more", mayGo: true, gone.Queue);
        }

        foreach (var gone in Gone(topology.Topics.Select(t => t.Name), topics.Values.Where(t => t.IsDeclared), t => t.Path))
        {
            RefuseUnlessEmpty("$.topics", $"the topic '{gone.Path}' is not declared any more", mayGo: true, [.. gone.Subscriptions.Select(s => s.Queue)]);
        }
    }

    /// <summary>Declared before, and not any more.</summary>
    public static List<T> Gone<T>(IEnumerable<string> declared, IEnumerable<T> existing, Func<T, string> name)
    {
        var names = declared.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. existing.Where(e => !names.Contains(name(e)))];
    }

    /// <summary>Whether two definitions say the same, letter case of the name aside.</summary>
    public static bool IsSame(QueueDefinition one, QueueDefinition other) =>
        Form(one with { Name = other.Name }, static (ref w, d) => w.WriteQueue(d)).SequenceEqual(Form(other, static (ref w, d) => w.WriteQueue(d)));

    /// <summary>The same, subscriptions not regarded.</summary>
    public static bool IsSame(TopicDefinition one, TopicDefinition other) =>
        Form(one with { Name = other.Name }, static (ref w, d) => w.WriteTopic(d)).SequenceEqual(Form(other, static (ref w, d) => w.WriteTopic(d)));

    /// <summary>The same, rules and their order included.</summary>
    public static bool IsSame(SubscriptionDefinition one, SubscriptionDefinition other) =>
        Form(one with { Name = other.Name }, static (ref w, d) => w.WriteSubscription(d))
            .SequenceEqual(Form(other, static (ref w, d) => w.WriteSubscription(d)));

    private static void CheckTopic(string path, TopicDefinition definition, Topic topic)
    {
        RefuseIfOther($"{path}.requiresDuplicateDetection", topic.Definition.RequiresDuplicateDetection, definition.RequiresDuplicateDetection);
        for (var i = 0; i < definition.Subscriptions.Count; i++)
        {
            if (topic.Find(definition.Subscriptions[i].Name) is { } subscription)
            {
                RefuseIfOther(
                    string.Create(CultureInfo.InvariantCulture, $"{path}.subscriptions[{i}].requiresSession"),
                    subscription.Definition.RequiresSession,
                    definition.Subscriptions[i].RequiresSession);
            }
        }

        var declared = topic.Subscriptions.Where(s => s.IsDeclared);
        foreach (var gone in Gone(definition.Subscriptions.Select(s => s.Name), declared, s => s.Name))
        {
            RefuseUnlessEmpty($"{path}.subscriptions", $"the subscription '{gone.Name}' is not declared any more", mayGo: true, gone.Queue);
        }
    }

    private static void RefuseIfOther(string path, bool existing, bool declared)
    {
        if (existing != declared)
        {
            throw Refusal(path, $"it is {(existing ? "true" : "false")} for the entity there is, and cannot be changed");
        }
    }

    private static void RefuseUnlessEmpty(string path, string problem, bool mayGo, params MessageQueue[] queues)
    {
        var messages = queues.Sum(q => q.GetRuntimeCounts().Total);
        if (!mayGo || messages > 0)
        {
            throw Refusal(path, string.Create(CultureInfo.InvariantCulture, $"{problem} and has {messages} messages"));
        }
    }

    private static MessagingTopologyException Refusal(string path, string problem) => new(
        path, $"{problem}. Declare it as it was and let its messages be received, or begin with an empty folder");

    private static byte[] Form<T>(T definition, WriteForm<T> write)
    {
        var writer = new RecordWriter(1024);
        try
        {
            write(ref writer, definition);
            return writer.Written.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }

    private delegate void WriteForm<in T>(ref RecordWriter writer, T definition);
}
