namespace EventFunctions.Local.ServiceBus;

/// <summary>
/// The topics, subscriptions, rules and queues of a namespace, as <c>infra/messaging.json</c> declares them. The property names
/// of the file are those of the Microsoft.ServiceBus resources, so a deployment can hand its objects on as they are.
/// </summary>
/// <param name="Topics">The topics; names are unique without regard to case, also among queues.</param>
/// <param name="Queues">The queues.</param>
public sealed record MessagingTopology(IReadOnlyList<TopicDefinition> Topics, IReadOnlyList<QueueDefinition> Queues)
{
    /// <summary>Reads and checks a topology file.</summary>
    /// <exception cref="MessagingTopologyException">The file is missing, is no JSON, or breaks a rule.</exception>
    public static MessagingTopology Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (IOException e)
        {
            throw new MessagingTopologyException($"The messaging topology '{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads and checks a topology.</summary>
    /// <exception cref="MessagingTopologyException">The text is no JSON, or breaks a rule.</exception>
    public static MessagingTopology Parse(string json) => MessagingTopologyReader.Read(json);
}

/// <summary>A topic.</summary>
public sealed record TopicDefinition
{
    /// <summary>1 to 260 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Whether a message id seen within the window is dropped silently.</summary>
    public bool RequiresDuplicateDetection { get; init; }

    /// <summary>20 seconds to 7 days; 10 minutes unless given.</summary>
    public TimeSpan DuplicateDetectionHistoryTimeWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The longest a message may live; at least a second, unlimited unless given.</summary>
    public TimeSpan DefaultMessageTimeToLive { get; init; } = TimeSpan.MaxValue;

    /// <summary>The largest message; 256 unless given, up to 102,400.</summary>
    public int MaxMessageSizeInKilobytes { get; init; } = 256;

    /// <summary>What all messages may take; 1,024 unless given, up to 81,920.</summary>
    public int MaxSizeInMegabytes { get; init; } = EntityLimits.DefaultSizeInMegabytes;

    /// <summary>What it lets be done; everything unless given.</summary>
    public EntityStatus Status { get; init; } = EntityStatus.Active;

    /// <summary>After how long without use it is deleted; 5 minutes or more, never unless given.</summary>
    public TimeSpan AutoDeleteOnIdle { get; init; } = TimeSpan.MaxValue;

    /// <summary>Kept for whoever declared it; at most 1,024 characters.</summary>
    public string? UserMetadata { get; init; }

    /// <summary>Kept; this broker always groups what it writes.</summary>
    public bool EnableBatchedOperations { get; init; } = true;

    /// <summary>Kept; order is always kept here.</summary>
    public bool SupportOrdering { get; init; } = true;

    /// <summary>The topic's subscriptions.</summary>
    public IReadOnlyList<SubscriptionDefinition> Subscriptions { get; init; } = [];
}

/// <summary>A queue.</summary>
public sealed record QueueDefinition
{
    /// <summary>1 to 260 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Whether messages are received by session only.</summary>
    public bool RequiresSession { get; init; }

    /// <summary>5 seconds to 5 minutes; 1 minute unless given.</summary>
    public TimeSpan LockDuration { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Failed deliveries after which a message is dead-lettered; 1 to 2,000, 10 unless given.</summary>
    public int MaxDeliveryCount { get; init; } = 10;

    /// <summary>Whether an expired message is kept in the dead-letter queue.</summary>
    public bool DeadLetteringOnMessageExpiration { get; init; }

    /// <summary>Whether a message id seen within the window is dropped silently.</summary>
    public bool RequiresDuplicateDetection { get; init; }

    /// <summary>20 seconds to 7 days; 10 minutes unless given.</summary>
    public TimeSpan DuplicateDetectionHistoryTimeWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The longest a message may live; at least a second, unlimited unless given.</summary>
    public TimeSpan DefaultMessageTimeToLive { get; init; } = TimeSpan.MaxValue;

    /// <summary>The largest message; 256 unless given, up to 102,400.</summary>
    public int MaxMessageSizeInKilobytes { get; init; } = 256;

    /// <summary>What all messages may take; 1,024 unless given, up to 81,920.</summary>
    public int MaxSizeInMegabytes { get; init; } = EntityLimits.DefaultSizeInMegabytes;

    /// <summary>What it lets be done; everything unless given.</summary>
    public EntityStatus Status { get; init; } = EntityStatus.Active;

    /// <summary>After how long without use it is deleted; 5 minutes or more, never unless given.</summary>
    public TimeSpan AutoDeleteOnIdle { get; init; } = TimeSpan.MaxValue;

    /// <summary>Kept for whoever declared it; at most 1,024 characters.</summary>
    public string? UserMetadata { get; init; }

    /// <summary>Kept; this broker always groups what it writes.</summary>
    public bool EnableBatchedOperations { get; init; } = true;

    /// <summary>The queue or topic all its messages go on to; none where receivers get them.</summary>
    public string? ForwardTo { get; init; }

    /// <summary>The queue or topic its dead letters go on to; none where they stay.</summary>
    public string? ForwardDeadLetteredMessagesTo { get; init; }
}

/// <summary>A subscription of a topic.</summary>
public sealed record SubscriptionDefinition
{
    /// <summary>1 to 50 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Whether messages are received by session only.</summary>
    public bool RequiresSession { get; init; }

    /// <summary>5 seconds to 5 minutes; 1 minute unless given.</summary>
    public TimeSpan LockDuration { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Failed deliveries after which a message is dead-lettered; 1 to 2,000, 10 unless given.</summary>
    public int MaxDeliveryCount { get; init; } = 10;

    /// <summary>Whether an expired message is kept in the dead-letter queue.</summary>
    public bool DeadLetteringOnMessageExpiration { get; init; }

    /// <summary>Whether a message is kept in the dead-letter queue when no rule selects it and a filter failed on it.</summary>
    public bool DeadLetteringOnFilterEvaluationExceptions { get; init; } = true;

    /// <summary>The longest a message may live; at least a second, unlimited unless given.</summary>
    public TimeSpan DefaultMessageTimeToLive { get; init; } = TimeSpan.MaxValue;

    /// <summary>Any of which selects a message. Never empty: without rules in the file there is <c>$Default</c>, which selects all.</summary>
    public required IReadOnlyList<RuleDefinition> Rules { get; init; }

    /// <summary>What it lets be done; everything unless given.</summary>
    public EntityStatus Status { get; init; } = EntityStatus.Active;

    /// <summary>After how long without use it is deleted; 5 minutes or more, never unless given.</summary>
    public TimeSpan AutoDeleteOnIdle { get; init; } = TimeSpan.MaxValue;

    /// <summary>Kept for whoever declared it; at most 1,024 characters.</summary>
    public string? UserMetadata { get; init; }

    /// <summary>Kept; this broker always groups what it writes.</summary>
    public bool EnableBatchedOperations { get; init; } = true;

    /// <summary>The queue or topic all its messages go on to; none where receivers get them.</summary>
    public string? ForwardTo { get; init; }

    /// <summary>The queue or topic its dead letters go on to; none where they stay.</summary>
    public string? ForwardDeadLetteredMessagesTo { get; init; }
}

/// <summary>A rule of a subscription.</summary>
/// <param name="Name">1 to 50 characters, unique in the subscription.</param>
/// <param name="Filter">What it selects.</param>
/// <param name="Action">What it does to its copy; none makes no copy of its own.</param>
public sealed record RuleDefinition(string Name, FilterDefinition Filter, ActionDefinition? Action = null);

/// <summary>What a rule does to the copy of a message that it makes.</summary>
/// <param name="SqlExpression">Statements of the SQL action language, at most 1,024 characters.</param>
/// <param name="Parameters">Values of what the expression names with <c>@</c>, which is part of the name; none if it names nothing.</param>
public sealed record ActionDefinition(string SqlExpression, IReadOnlyDictionary<string, object>? Parameters = null);

/// <summary>What a rule selects.</summary>
public abstract record FilterDefinition
{
    private FilterDefinition()
    {
    }

    /// <summary>Messages for which an expression of the SQL filter language is true.</summary>
    /// <param name="SqlExpression">At most 1,024 characters.</param>
    /// <param name="Parameters">Values of what the expression names with <c>@</c>, which is part of the name; none if it names nothing.</param>
    public sealed record Sql(string SqlExpression, IReadOnlyDictionary<string, object>? Parameters = null) : FilterDefinition;

    /// <summary>Messages all of whose named properties have exactly the given values.</summary>
    /// <param name="SystemProperties">By their names in the file, e.g. <c>label</c>.</param>
    /// <param name="Properties">Application properties; in the file all are strings.</param>
    public sealed record Correlation(
        IReadOnlyDictionary<string, string> SystemProperties, IReadOnlyDictionary<string, object> Properties) : FilterDefinition;
}
