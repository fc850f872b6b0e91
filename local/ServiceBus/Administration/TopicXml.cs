using System.Xml.Linq;
using static EventFunctions.Local.ServiceBus.Administration.DescriptionWriter;

namespace EventFunctions.Local.ServiceBus.Administration;

/// <summary>Topics as the administration describes them.</summary>
internal static class TopicXml
{
    public const string Root = "TopicDescription";

    /// <summary>A topic that is to be made, or changed to be so.</summary>
    /// <exception cref="AdministrationException">A value is of no use.</exception>
    public static TopicDefinition Read(string name, XElement description)
    {
        var reader = new DescriptionReader(description);
        Unsupported.Refuse(reader);
        return new TopicDefinition
        {
            Name = name,
            RequiresDuplicateDetection = reader.Flag("RequiresDuplicateDetection", false),
            DuplicateDetectionHistoryTimeWindow = reader.Duration("DuplicateDetectionHistoryTimeWindow", EntityLimits.DefaultDuplicateWindow),
            DefaultMessageTimeToLive = reader.Duration("DefaultMessageTimeToLive", TimeSpan.MaxValue),
            MaxMessageSizeInKilobytes = reader.Number("MaxMessageSizeInKilobytes", EntityLimits.DefaultMessageSizeInKilobytes),
            MaxSizeInMegabytes = reader.Number("MaxSizeInMegabytes", EntityLimits.DefaultSizeInMegabytes),
            Status = reader.Status(),
            AutoDeleteOnIdle = reader.Duration("AutoDeleteOnIdle", TimeSpan.MaxValue),
            UserMetadata = reader.Text("UserMetadata"),
            EnableBatchedOperations = reader.Flag("EnableBatchedOperations", true),
            SupportOrdering = reader.Flag("SupportOrdering", true),
        };
    }

    /// <summary>A topic as it is.</summary>
    public static XElement Write(EntityInfo<TopicDefinition> topic)
    {
        var definition = topic.Definition;
        return new XElement(
            Atom.ServiceBus + Root,
            Of("DefaultMessageTimeToLive", definition.DefaultMessageTimeToLive),
            Of("MaxSizeInMegabytes", definition.MaxSizeInMegabytes),
            Of("RequiresDuplicateDetection", definition.RequiresDuplicateDetection),
            Of("DuplicateDetectionHistoryTimeWindow", definition.DuplicateDetectionHistoryTimeWindow),
            Of("EnableBatchedOperations", definition.EnableBatchedOperations),
            Of("FilteringMessagesBeforePublishing", false),
            Of("IsAnonymousAccessible", false),
            Of("Status", definition.Status.ToString()),
            If("UserMetadata", definition.UserMetadata),
            Of("SupportOrdering", definition.SupportOrdering),
            Of("AutoDeleteOnIdle", definition.AutoDeleteOnIdle),
            Of("EnablePartitioning", false),
            Of("EnableSubscriptionPartitioning", false),
            Of("EnableExpress", false),
            Of("MaxMessageSizeInKilobytes", definition.MaxMessageSizeInKilobytes),
            Of("SubscriptionCount", definition.Subscriptions.Count),
            Runtime(topic));
    }
}
