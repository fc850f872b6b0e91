namespace EventFunctions.Local.ServiceBus;

/// <summary>How entities are addressed; the forms are those of the service and are compared without regard to case.</summary>
internal static class EntityPath
{
    public const string DeadLetterSuffix = "/$DeadLetterQueue";

    public const string TransferDeadLetterSuffix = "/$Transfer/$DeadLetterQueue";

    public static string Subscription(string topicName, string subscriptionName) => $"{topicName}/Subscriptions/{subscriptionName}";
}
