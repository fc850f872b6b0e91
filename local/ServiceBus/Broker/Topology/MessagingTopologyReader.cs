using System.Text.Json;

namespace EventFunctions.Local.ServiceBus;

/// <summary>Reads a topology and checks it against the limits of the service, so that a file which works here deploys there.</summary>
internal static class MessagingTopologyReader
{
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
            ForwardingRules.Check(topics, queues);
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
            MaxSizeInMegabytes = MaxTotal(node),
            Status = Status(node),
            AutoDeleteOnIdle = Idle(node),
            UserMetadata = Metadata(node),
            EnableBatchedOperations = node.Flag("enableBatchedOperations", true),
            SupportOrdering = node.Flag("supportOrdering", true),
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
        MaxSizeInMegabytes = MaxTotal(node),
        Status = Status(node),
        AutoDeleteOnIdle = Idle(node),
        UserMetadata = Metadata(node),
        EnableBatchedOperations = node.Flag("enableBatchedOperations", true),
        ForwardTo = node.OptionalText("forwardTo"),
        ForwardDeadLetteredMessagesTo = node.OptionalText("forwardDeadLetteredMessagesTo"),
    };

    private static SubscriptionDefinition ReadSubscription(TopologyNode node)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var rules = new List<RuleDefinition>();
        var definition = new SubscriptionDefinition
        {
            Name = node.Name(EntityLimits.SubscriptionNameLength),
            RequiresSession = node.Flag("requiresSession", false),
            LockDuration = LockDuration(node),
            MaxDeliveryCount = MaxDeliveries(node),
            DeadLetteringOnMessageExpiration = node.Flag("deadLetteringOnMessageExpiration", false),
            DeadLetteringOnFilterEvaluationExceptions = node.Flag("deadLetteringOnFilterEvaluationExceptions", true),
            DefaultMessageTimeToLive = TimeToLive(node),
            Status = Status(node),
            AutoDeleteOnIdle = Idle(node),
            UserMetadata = Metadata(node),
            EnableBatchedOperations = node.Flag("enableBatchedOperations", true),
            ForwardTo = node.OptionalText("forwardTo"),
            ForwardDeadLetteredMessagesTo = node.OptionalText("forwardDeadLetteredMessagesTo"),
            Rules = rules,
        };
        rules.AddRange(node.Objects("rules", n => Unique(n, RuleReader.Read(n), r => r.Name, names)));
        if (rules.Count == 0)
        {
            rules.Add(RuleReader.Default);
        }

        return definition;
    }

    private static string EntityName(TopologyNode node) => node.Name(EntityLimits.EntityNameLength) is var name && !name.Contains('$', StringComparison.Ordinal)
        ? name
        : throw node.Error("name", "'$' is kept for sub-queues");

    private static TimeSpan LockDuration(TopologyNode node) =>
        node.Duration("lockDuration", EntityLimits.DefaultLockDuration, EntityLimits.MinLockDuration, EntityLimits.MaxLockDuration);

    private static TimeSpan Window(TopologyNode node) => node.Duration(
        "duplicateDetectionHistoryTimeWindow",
        EntityLimits.DefaultDuplicateWindow,
        EntityLimits.MinDuplicateWindow,
        EntityLimits.MaxDuplicateWindow);

    private static TimeSpan TimeToLive(TopologyNode node) =>
        node.Duration("defaultMessageTimeToLive", TimeSpan.MaxValue, EntityLimits.MinTimeToLive, TimeSpan.MaxValue);

    private static TimeSpan Idle(TopologyNode node) =>
        node.Duration("autoDeleteOnIdle", TimeSpan.MaxValue, EntityLimits.MinIdle, TimeSpan.MaxValue);

    private static int MaxDeliveries(TopologyNode node) => node.Number("maxDeliveryCount", 10, 1, EntityLimits.MaxDeliveryCount);

    private static int MaxSize(TopologyNode node) => node.Number(
        "maxMessageSizeInKilobytes", EntityLimits.DefaultMessageSizeInKilobytes, 1, EntityLimits.MaxMessageSizeInKilobytes);

    private static int MaxTotal(TopologyNode node) =>
        node.Number("maxSizeInMegabytes", EntityLimits.DefaultSizeInMegabytes, 1, EntityLimits.MaxSizeInMegabytes);

    private static string? Metadata(TopologyNode node) => node.OptionalText("userMetadata") is not { } text ? null
        : text.Length <= EntityLimits.UserMetadataLength ? text
        : throw node.Error("userMetadata", $"it has at most {EntityLimits.UserMetadataLength} characters");

    private static EntityStatus Status(TopologyNode node) => node.OptionalText("status") is not { } text ? EntityStatus.Active
        : Enum.TryParse<EntityStatus>(text, out var status) && Enum.IsDefined(status) && !char.IsAsciiDigit(text[0]) ? status
        : throw node.Error("status", $"'{text}' is no status; there are {string.Join(", ", Enum.GetNames<EntityStatus>())}");

    private static T Unique<T>(TopologyNode node, T definition, Func<T, string> name, HashSet<string> names) =>
        names.Add(name(definition)) ? definition : throw node.Error("name", $"'{name(definition)}' is taken");
}
