using System.Text.Json;

namespace EventFunctions.Local.ServiceBus;

/// <summary>Reads a topology and checks it against the limits of the service, so that a file which works here deploys there.</summary>
internal static class MessagingTopologyReader
{
    private const int MaxEntityNameLength = 260;
    private const int MaxSubscriptionNameLength = 50;

    private static readonly TimeSpan DefaultLock = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MinLock = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaxLock = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan DefaultWindow = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan MinWindow = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan MaxWindow = TimeSpan.FromDays(7);
    private static readonly TimeSpan MinTimeToLive = TimeSpan.FromSeconds(1);

    public static MessagingTopology Read(string json)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json);
        }
        catch (JsonException e)
        {
            throw new MessagingTopologyException($"The messaging topology is no JSON: {e.Message}", e);
        }

        using (document)
        {
            var root = new TopologyNode(document.RootElement, "$");
            var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            var topics = root.Objects("topics", node => Unique(node, ReadTopic(node), t => t.Name, names));
            var queues = root.Objects("queues", node => Unique(node, ReadQueue(node), q => q.Name, names));
            root.NothingElse();
            return new MessagingTopology(topics, queues);
        }
    }

    private static TopicDefinition ReadTopic(TopologyNode node)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return new TopicDefinition
        {
            Name = EntityName(node),
            RequiresDuplicateDetection = node.Flag("requiresDuplicateDetection", false),
            DuplicateDetectionHistoryTimeWindow = Window(node),
            DefaultMessageTimeToLive = TimeToLive(node),
            MaxMessageSizeInKilobytes = MaxSize(node),
            Subscriptions = node.Objects("subscriptions", n => Unique(n, ReadSubscription(n), s => s.Name, names)),
        };
    }

    private static QueueDefinition ReadQueue(TopologyNode node) => new()
    {
        Name = EntityName(node),
        RequiresSession = node.Flag("requiresSession", false),
        LockDuration = LockDuration(node),
        MaxDeliveryCount = MaxDeliveries(node),
        DeadLetteringOnMessageExpiration = node.Flag("deadLetteringOnMessageExpiration", false),
        RequiresDuplicateDetection = node.Flag("requiresDuplicateDetection", false),
        DuplicateDetectionHistoryTimeWindow = Window(node),
        DefaultMessageTimeToLive = TimeToLive(node),
        MaxMessageSizeInKilobytes = MaxSize(node),
    };

    private static SubscriptionDefinition ReadSubscription(TopologyNode node)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var rules = new List<RuleDefinition>();
        var definition = new SubscriptionDefinition
        {
            Name = node.Name(MaxSubscriptionNameLength),
            RequiresSession = node.Flag("requiresSession", false),
            LockDuration = LockDuration(node),
            MaxDeliveryCount = MaxDeliveries(node),
            DeadLetteringOnMessageExpiration = node.Flag("deadLetteringOnMessageExpiration", false),
            DeadLetteringOnFilterEvaluationExceptions = node.Flag("deadLetteringOnFilterEvaluationExceptions", true),
            DefaultMessageTimeToLive = TimeToLive(node),
            Rules = rules,
        };
        rules.AddRange(node.Objects("rules", n => Unique(n, RuleReader.Read(n), r => r.Name, names)));
        if (rules.Count == 0)
        {
            rules.Add(RuleReader.Default);
        }

        return definition;
    }

    private static string EntityName(TopologyNode node) => node.Name(MaxEntityNameLength) is var name && !name.Contains('$', StringComparison.Ordinal)
        ? name
        : throw node.Error("name", "'$' is kept for sub-queues");

    private static TimeSpan LockDuration(TopologyNode node) => node.Duration("lockDuration", DefaultLock, MinLock, MaxLock);

    private static TimeSpan Window(TopologyNode node) =>
        node.Duration("duplicateDetectionHistoryTimeWindow", DefaultWindow, MinWindow, MaxWindow);

    private static TimeSpan TimeToLive(TopologyNode node) =>
        node.Duration("defaultMessageTimeToLive", TimeSpan.MaxValue, MinTimeToLive, TimeSpan.MaxValue);

    private static int MaxDeliveries(TopologyNode node) => node.Number("maxDeliveryCount", 10, 1, 2000);

    private static int MaxSize(TopologyNode node) => node.Number("maxMessageSizeInKilobytes", 256, 1, 102_400);

    private static T Unique<T>(TopologyNode node, T definition, Func<T, string> name, HashSet<string> names) =>
        names.Add(name(definition)) ? definition : throw node.Error("name", $"'{name(definition)}' is taken");
}
