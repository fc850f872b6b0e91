namespace EventFunctions.Local.ServiceBus;

/// <summary>The limits of the service for entities and messages (Microsoft Learn, "Service Bus quotas").</summary>
internal static class EntityLimits
{
    public const int EntityNameLength = 260;
    public const int SubscriptionNameLength = 50;
    public const int RuleNameLength = 50;
    public const int UserMetadataLength = 1024;
    public const int MaxDeliveryCount = 2000;
    public const int DefaultMessageSizeInKilobytes = 256;
    public const int MaxMessageSizeInKilobytes = 102_400;
    public const int DefaultSizeInMegabytes = 1024;
    public const int MaxSizeInMegabytes = 81_920;
    public const int Subscriptions = 2000;
    public const int SqlRules = 2000;

    /// <summary>Of message id, session id, partition key and reply-to session id, in characters.</summary>
    public const int MessageIdLength = 128;

    /// <summary>One property, in bytes.</summary>
    public const int PropertySize = 32 * 1024;

    /// <summary>All properties of a message, the system's and the application's, in bytes.</summary>
    public const int HeaderSize = 64 * 1024;

    /// <summary>How often a message may be forwarded.</summary>
    public const int Hops = 4;

    public static readonly TimeSpan DefaultLockDuration = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan MinLockDuration = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan MaxLockDuration = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan DefaultDuplicateWindow = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan MinDuplicateWindow = TimeSpan.FromSeconds(20);
    public static readonly TimeSpan MaxDuplicateWindow = TimeSpan.FromDays(7);
    public static readonly TimeSpan MinTimeToLive = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan MinIdle = TimeSpan.FromMinutes(5);
}
