namespace EventFunctions.EmulatorConfig;

/// <summary>
/// What the Service Bus emulator allows, as the schema of its configuration says
/// (https://github.com/Azure/azure-service-bus-emulator-installer, ServiceBus-Emulator/Schema/Config-schema.json).
/// </summary>
internal static class EmulatorLimits
{
    /// <summary>How many topics and queues there may be together.</summary>
    public const int MaxEntities = 50;

    /// <summary>How many subscriptions a topic may have; and it has to have one.</summary>
    public const int MaxSubscriptions = 50;

    /// <summary>The most deliveries of a message until it is dead-lettered; at least 1.</summary>
    public const int MaxDeliveryCount = 10;

    /// <summary>The one name that a namespace may have.</summary>
    public const string Namespace = "sbemulatorns";

    /// <summary>The shortest and the longest time that a message lives.</summary>
    public static readonly (TimeSpan Min, TimeSpan Max) TimeToLive = (TimeSpan.FromMinutes(5), TimeSpan.FromHours(1));

    /// <summary>The shortest and the longest time for which ids of messages are remembered.</summary>
    public static readonly (TimeSpan Min, TimeSpan Max) DuplicateWindow = (TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5));

    /// <summary>The shortest and the longest lock on a queue's message.</summary>
    public static readonly (TimeSpan Min, TimeSpan Max) QueueLock = (TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5));

    /// <summary>The shortest and the longest lock on a subscription's message.</summary>
    public static readonly (TimeSpan Min, TimeSpan Max) SubscriptionLock = (TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5));
}
