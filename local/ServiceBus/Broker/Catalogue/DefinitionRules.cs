namespace EventFunctions.Local.ServiceBus;

/// <summary>Holds definitions that the administration gives against the limits of the service. A topology file is checked as it is read.</summary>
internal static class DefinitionRules
{
    /// <summary>What is wrong; none if nothing is.</summary>
    public static string? ProblemOf(QueueDefinition queue) =>
        NameProblem(queue.Name, EntityLimits.EntityNameLength, mayHaveSlashes: true)
        ?? LockProblem(queue.LockDuration, queue.MaxDeliveryCount)
        ?? CommonProblem(queue.DefaultMessageTimeToLive, queue.AutoDeleteOnIdle, queue.UserMetadata)
        ?? SizeProblem(queue.MaxMessageSizeInKilobytes, queue.MaxSizeInMegabytes)
        ?? WindowProblem(queue.DuplicateDetectionHistoryTimeWindow);

    /// <summary>What is wrong; none if nothing is.</summary>
    public static string? ProblemOf(TopicDefinition topic) =>
        NameProblem(topic.Name, EntityLimits.EntityNameLength, mayHaveSlashes: true)
        ?? CommonProblem(topic.DefaultMessageTimeToLive, topic.AutoDeleteOnIdle, topic.UserMetadata)
        ?? SizeProblem(topic.MaxMessageSizeInKilobytes, topic.MaxSizeInMegabytes)
        ?? WindowProblem(topic.DuplicateDetectionHistoryTimeWindow);

    /// <summary>What is wrong; none if nothing is. Rules are looked at one by one.</summary>
    public static string? ProblemOf(SubscriptionDefinition subscription) =>
        NameProblem(subscription.Name, EntityLimits.SubscriptionNameLength, mayHaveSlashes: false)
        ?? LockProblem(subscription.LockDuration, subscription.MaxDeliveryCount)
        ?? CommonProblem(subscription.DefaultMessageTimeToLive, subscription.AutoDeleteOnIdle, subscription.UserMetadata)
        ?? subscription.Rules.Select(ProblemOf).FirstOrDefault(p => p is not null);

    /// <summary>What is wrong; none if nothing is.</summary>
    public static string? ProblemOf(RuleDefinition rule)
    {
        if (NameProblem(rule.Name.StartsWith('$') ? rule.Name[1..] : rule.Name, EntityLimits.RuleNameLength, mayHaveSlashes: false) is { } problem)
        {
            return problem;
        }

        try
        {
            SubscriptionRules.FilterOf(rule.Filter);
            if (rule.Action is { } action)
            {
                SqlAction.Parse(action.SqlExpression, action.Parameters);
            }

            return null;
        }
        catch (SqlFilterSyntaxException e)
        {
            return $"rule '{rule.Name}': {e.Message}";
        }
    }

    /// <summary>Names are made of letters, digits, periods, hyphens and underscores (Azure Resource Manager, "Naming rules", Microsoft.ServiceBus).</summary>
    private static string? NameProblem(string name, int maxLength, bool mayHaveSlashes)
    {
        var isGood = name.Length >= 1 && name.Length <= maxLength && char.IsLetterOrDigit(name[0]) && (char.IsLetterOrDigit(name[^1]) || name[^1] == '_')
            && name.All(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' || (mayHaveSlashes && c == '/'));
        return isGood ? null
            : $"'{name}' is no name: it has 1 to {maxLength} letters, digits, periods, hyphens{(mayHaveSlashes ? ", slashes" : "")} and underscores, and begins with a letter or digit";
    }

    private static string? LockProblem(TimeSpan lockDuration, int maxDeliveryCount) =>
        lockDuration < EntityLimits.MinLockDuration || lockDuration > EntityLimits.MaxLockDuration
            ? $"the lock duration is {lockDuration}; it lies between {EntityLimits.MinLockDuration} and {EntityLimits.MaxLockDuration}"
        : maxDeliveryCount is < 1 or > EntityLimits.MaxDeliveryCount
            ? $"the maximum delivery count is {maxDeliveryCount}; it lies between 1 and {EntityLimits.MaxDeliveryCount}"
        : null;

    private static string? CommonProblem(TimeSpan timeToLive, TimeSpan idle, string? metadata) =>
        timeToLive < EntityLimits.MinTimeToLive ? $"the time to live is {timeToLive}; it is {EntityLimits.MinTimeToLive} at least"
        : idle < EntityLimits.MinIdle ? $"the time after which it is deleted is {idle}; it is {EntityLimits.MinIdle} at least"
        : metadata?.Length > EntityLimits.UserMetadataLength
            ? $"the user metadata has {metadata.Length} characters; it has {EntityLimits.UserMetadataLength} at most"
        : null;

    private static string? SizeProblem(int messageKilobytes, int megabytes) =>
        messageKilobytes is < 1 or > EntityLimits.MaxMessageSizeInKilobytes
            ? $"the maximum message size is {messageKilobytes} KB; it lies between 1 and {EntityLimits.MaxMessageSizeInKilobytes}"
        : megabytes is < 1 or > EntityLimits.MaxSizeInMegabytes
            ? $"the maximum size is {megabytes} MB; it lies between 1 and {EntityLimits.MaxSizeInMegabytes}"
        : null;

    private static string? WindowProblem(TimeSpan window) => window < EntityLimits.MinDuplicateWindow || window > EntityLimits.MaxDuplicateWindow
        ? $"the duplicate detection window is {window}; it lies between {EntityLimits.MinDuplicateWindow} and {EntityLimits.MaxDuplicateWindow}"
        : null;
}
