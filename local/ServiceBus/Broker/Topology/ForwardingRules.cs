using System.Globalization;

namespace EventFunctions.Local.ServiceBus;

/// <summary>Checks that what is forwarded has somewhere to go, and can.</summary>
internal static class ForwardingRules
{
    /// <exception cref="MessagingTopologyException">An entity forwards to itself or to what is not declared, or has sessions and forwards.</exception>
    public static void Check(IReadOnlyList<TopicDefinition> topics, IReadOnlyList<QueueDefinition> queues)
    {
        var targets = topics.Select(t => t.Name).Concat(queues.Select(q => q.Name)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < queues.Count; i++)
        {
            var queue = queues[i];
            Check(
                string.Create(CultureInfo.InvariantCulture, $"$.queues[{i}]"),
                Problem(queue.Name, queue.RequiresSession, queue.ForwardTo, queue.ForwardDeadLetteredMessagesTo, targets.Contains));
        }

        for (var i = 0; i < topics.Count; i++)
        {
            for (var j = 0; j < topics[i].Subscriptions.Count; j++)
            {
                var subscription = topics[i].Subscriptions[j];
                Check(
                    string.Create(CultureInfo.InvariantCulture, $"$.topics[{i}].subscriptions[{j}]"),
                    Problem(
                        topics[i].Name,
                        subscription.RequiresSession,
                        subscription.ForwardTo,
                        subscription.ForwardDeadLetteredMessagesTo,
                        targets.Contains));
            }
        }
    }

    /// <summary>What is wrong, and with which property; none if nothing is.</summary>
    /// <param name="own">The queue, or the topic of the subscription.</param>
    /// <param name="requiresSession">Whether it has sessions.</param>
    /// <param name="forwardTo">Where its messages go.</param>
    /// <param name="forwardDeadLettersTo">Where its dead letters go.</param>
    /// <param name="exists">Whether there is a queue or topic of a name.</param>
    public static (string Property, string Text)? Problem(
        string own, bool requiresSession, string? forwardTo, string? forwardDeadLettersTo, Predicate<string> exists)
    {
        if (forwardTo is not null && requiresSession)
        {
            return ("forwardTo", "an entity with sessions cannot forward its messages; set requiresSession to false");
        }

        return TargetProblem("forwardTo", forwardTo) ?? TargetProblem("forwardDeadLetteredMessagesTo", forwardDeadLettersTo);

        (string, string)? TargetProblem(string property, string? target) =>
            target is null ? null
            : property == "forwardTo" && string.Equals(target, own, StringComparison.OrdinalIgnoreCase) ? (property, "an entity cannot forward to itself")
            : exists(target) ? null
            : (property, $"there is no queue or topic '{target}'");
    }

    private static void Check(string path, (string Property, string Text)? problem)
    {
        if (problem is { } found)
        {
            throw new MessagingTopologyException($"{path}.{found.Property}", found.Text);
        }
    }
}
