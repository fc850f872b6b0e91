using System.Collections.Frozen;

namespace EventFunctions.Local.ServiceBus;

/// <summary>Why the broker itself dead-letters, in the service's words, and the properties that say so.</summary>
internal static class DeadLetterReasons
{
    public const string ReasonProperty = "DeadLetterReason";

    public const string DescriptionProperty = "DeadLetterErrorDescription";

    public static FrozenDictionary<string, object> MaxDeliveryCountExceeded { get; } = Properties(
        "MaxDeliveryCountExceeded", "Message couldn't be consumed after maximum delivery attempts.").ToFrozenDictionary();

    public static FrozenDictionary<string, object> TimeToLiveExpired { get; } = Properties(
        "TTLExpiredException", "The message expired and was dead lettered.").ToFrozenDictionary();

    public static FrozenDictionary<string, object> SessionIdMissing { get; } = Properties(
        "Session ID is null", "The message has no session id and the entity requires one.").ToFrozenDictionary();

    /// <summary>It was forwarded too often (Microsoft Learn, "Chaining Service Bus entities with autoforwarding", "Considerations").</summary>
    public static FrozenDictionary<string, object> TooManyHops { get; } = Properties(
        "MaxTransferHopCountExceeded", "The maximum number of allowed hops when forwarding between queues is exceeded. This value is set to 4.")
        .ToFrozenDictionary();

    /// <summary>The entity it was to be forwarded to does not take it.</summary>
    public static Dictionary<string, object> NotForwarded(string target, SendOutcome refusal) => refusal switch
    {
        SendOutcome.SessionIdMissing => new(SessionIdMissing, StringComparer.Ordinal),
        SendOutcome.QuotaExceeded full => Properties("QuotaExceeded", $"'{target}' has {full.Size} bytes of messages and may have {full.Limit}."),
        SendOutcome.TooLarge large => Properties("MessageSizeExceeded", $"'{target}' takes messages of up to {large.Limit} bytes; this one has {large.Size}."),
        SendOutcome.Unavailable { Why: Unavailability.Disabled } => Properties("MessagingEntityDisabled", $"'{target}' is disabled."),
        _ => Properties("MessagingEntityNotFound", $"There is no '{target}'."),
    };

    /// <summary>Property changes of a message that is dead-lettered; a reason or description of none sets nothing.</summary>
    public static Dictionary<string, object> Properties(
        string? reason, string? description, IReadOnlyDictionary<string, object>? changes = null)
    {
        var properties = changes is null ? [] : new Dictionary<string, object>(changes, StringComparer.Ordinal);
        if (reason is not null)
        {
            properties[ReasonProperty] = reason;
        }

        if (description is not null)
        {
            properties[DescriptionProperty] = description;
        }

        return properties;
    }
}
