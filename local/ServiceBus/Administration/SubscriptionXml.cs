using System.Xml.Linq;
using static EventFunctions.Local.ServiceBus.Administration.DescriptionWriter;

namespace EventFunctions.Local.ServiceBus.Administration;

/// <summary>Subscriptions as the administration describes them.</summary>
internal static class SubscriptionXml
{
    public const string Root = "SubscriptionDescription";

    /// <summary>A subscription that is to be made, or changed to be so.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What was sent.</param>
    /// <param name="rules">The rules it keeps; none for one that is made, which gets the rule in the description, or one that selects all.</param>
    /// <exception cref="AdministrationException">A value is of no use.</exception>
    public static SubscriptionDefinition Read(string name, XElement description, IReadOnlyList<RuleDefinition>? rules)
    {
        var reader = new DescriptionReader(description);
        return new SubscriptionDefinition
        {
            Name = name,
            RequiresSession = reader.Flag("RequiresSession", false),
            LockDuration = reader.Duration("LockDuration", EntityLimits.DefaultLockDuration),
            MaxDeliveryCount = reader.Number("MaxDeliveryCount", 10),
            DeadLetteringOnMessageExpiration = reader.Flag("DeadLetteringOnMessageExpiration", false),
            DeadLetteringOnFilterEvaluationExceptions = reader.Flag("DeadLetteringOnFilterEvaluationExceptions", true),
            DefaultMessageTimeToLive = reader.Duration("DefaultMessageTimeToLive", TimeSpan.MaxValue),
            Status = reader.Status(),
            AutoDeleteOnIdle = reader.Duration("AutoDeleteOnIdle", TimeSpan.MaxValue),
            UserMetadata = reader.Text("UserMetadata"),
            EnableBatchedOperations = reader.Flag("EnableBatchedOperations", true),
            ForwardTo = reader.Entity("ForwardTo"),
            ForwardDeadLetteredMessagesTo = reader.Entity("ForwardDeadLetteredMessagesTo"),
            Rules = rules ?? [reader.Element("DefaultRuleDescription") is { } rule ? RuleXml.Read(RuleReader.Default.Name, rule) : RuleReader.Default],
        };
    }

    /// <summary>A subscription as it is.</summary>
    public static XElement Write(EntityInfo<SubscriptionDefinition> subscription)
    {
        var definition = subscription.Definition;
        return new XElement(
            Atom.ServiceBus + Root,
            Of("LockDuration", definition.LockDuration),
            Of("RequiresSession", definition.RequiresSession),
            Of("DefaultMessageTimeToLive", definition.DefaultMessageTimeToLive),
            Of("DeadLetteringOnMessageExpiration", definition.DeadLetteringOnMessageExpiration),
            Of("DeadLetteringOnFilterEvaluationExceptions", definition.DeadLetteringOnFilterEvaluationExceptions),
            Of("MaxDeliveryCount", definition.MaxDeliveryCount),
            Of("EnableBatchedOperations", definition.EnableBatchedOperations),
            Of("Status", definition.Status.ToString()),
            If("ForwardTo", definition.ForwardTo),
            If("UserMetadata", definition.UserMetadata),
            If("ForwardDeadLetteredMessagesTo", definition.ForwardDeadLetteredMessagesTo),
            Of("AutoDeleteOnIdle", definition.AutoDeleteOnIdle),
            Runtime(subscription));
    }
}
