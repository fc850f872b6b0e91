using System.Text.Json.Serialization;

namespace EventFunctions.EmulatorConfig;

/// <summary>The configuration of the Service Bus emulator, in its words.</summary>
internal sealed record EmulatorDocument(EmulatorUserConfig UserConfig);

/// <summary>What a user says in it.</summary>
internal sealed record EmulatorUserConfig(IReadOnlyList<EmulatorNamespace> Namespaces, EmulatorLogging Logging);

/// <summary>Where the emulator logs to.</summary>
internal sealed record EmulatorLogging(string Type);

/// <summary>The namespace. Both lists are required, also where one is empty.</summary>
internal sealed record EmulatorNamespace(string Name, IReadOnlyList<EmulatorQueue> Queues, IReadOnlyList<EmulatorTopic> Topics);

/// <summary>A queue.</summary>
internal sealed record EmulatorQueue(string Name, EmulatorQueueProperties Properties);

/// <summary>The properties of a queue; durations are those of ISO 8601.</summary>
internal sealed record EmulatorQueueProperties(
    bool DeadLetteringOnMessageExpiration,
    string DefaultMessageTimeToLive,
    string DuplicateDetectionHistoryTimeWindow,
    string LockDuration,
    int MaxDeliveryCount,
    bool RequiresDuplicateDetection,
    bool RequiresSession);

/// <summary>A topic.</summary>
internal sealed record EmulatorTopic(string Name, EmulatorTopicProperties Properties, IReadOnlyList<EmulatorSubscription> Subscriptions);

/// <summary>The properties of a topic.</summary>
internal sealed record EmulatorTopicProperties(
    string DefaultMessageTimeToLive, string DuplicateDetectionHistoryTimeWindow, bool RequiresDuplicateDetection);

/// <summary>A subscription. Without rules it gets every message.</summary>
internal sealed record EmulatorSubscription(string Name, EmulatorSubscriptionProperties Properties, IReadOnlyList<EmulatorRule> Rules);

/// <summary>The properties of a subscription. It has none for messages on which a filter failed.</summary>
internal sealed record EmulatorSubscriptionProperties(
    bool DeadLetteringOnMessageExpiration, string DefaultMessageTimeToLive, string LockDuration, int MaxDeliveryCount, bool RequiresSession);

/// <summary>A rule.</summary>
internal sealed record EmulatorRule(string Name, EmulatorFilter Properties);

/// <summary>The filter of a rule.</summary>
/// <param name="FilterType"><c>Sql</c> or <c>Correlation</c>. A rule with another word is dropped without a sign.</param>
/// <param name="SqlFilter">The expression of the former.</param>
/// <param name="CorrelationFilter">The properties of the latter: by their names, e.g. <c>Label</c>, and an object <c>Properties</c> with the application's.</param>
/// <param name="Action">What the rule does to its copy, if anything.</param>
internal sealed record EmulatorFilter(
    string FilterType,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] EmulatorSqlFilter? SqlFilter = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, object>? CorrelationFilter = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] EmulatorSqlFilter? Action = null);

/// <summary>An expression of the SQL filter language, or of that of actions.</summary>
internal sealed record EmulatorSqlFilter(string SqlExpression);
