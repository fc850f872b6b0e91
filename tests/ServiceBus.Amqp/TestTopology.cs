namespace EventFunctions.Local.ServiceBus.Amqp.Tests;

/// <summary>Enough entities that no test has to share one: <c>queue-1</c> and so on, <c>sessions-1</c>, <c>topic-1</c>, and <c>large</c>.</summary>
internal static class TestTopology
{
    public static MessagingTopology Create() => new(
        [.. Enumerable.Range(1, 20).Select(i => new TopicDefinition
        {
            Name = $"topic-{i}",
            Subscriptions =
            [
                new SubscriptionDefinition { Name = "all", Rules = [Rule("1 = 1")] },
                new SubscriptionDefinition { Name = "odd", Rules = [Rule("sys.Label = 'odd'")] },
            ],
        })],
        [
            .. Enumerable.Range(1, 60).Select(i => new QueueDefinition { Name = $"queue-{i}" }),
            .. Enumerable.Range(1, 30).Select(i => new QueueDefinition { Name = $"sessions-{i}", RequiresSession = true }),
            new QueueDefinition { Name = "large", MaxMessageSizeInKilobytes = 1024 },
        ]);

    private static RuleDefinition Rule(string expression) => new("$Default", new FilterDefinition.Sql(expression));
}
