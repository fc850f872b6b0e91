using System.Xml.Linq;
using static EventFunctions.Local.ServiceBus.Administration.DescriptionWriter;

namespace EventFunctions.Local.ServiceBus.Administration;

/// <summary>Queues as the administration describes them.</summary>
internal static class QueueXml
{
    public const string Root = "QueueDescription";

    /// <summary>A queue that is to be made, or changed to be so.</summary>
    /// <exception cref="AdministrationException">A value is of no use.</exception>
    public static QueueDefinition Read(string name, XElement description)
    {
        var reader = new DescriptionReader(description);
        Unsupported.Refuse(reader);
        return new QueueDefinition
        {
            Name = name,
            RequiresSession = reader.Flag("RequiresSession", false),
            LockDuration = reader.Duration("LockDuration", EntityLimits.DefaultLockDuration),
            MaxDeliveryCount = reader.Number("MaxDeliveryCount", 10),
            DeadLetteringOnMessageExpiration = reader.Flag("DeadLetteringOnMessageExpiration", false),
            RequiresDuplicateDetection = reader.Flag("RequiresDuplicateDetection", false),
            DuplicateDetectionHistoryTimeWindow = reader.Duration("DuplicateDetectionHistoryTimeWindow", EntityLimits.DefaultDuplicateWindow),
            DefaultMessageTimeToLive = reader.Duration("DefaultMessageTimeToLive", TimeSpan.MaxValue),
            MaxMessageSizeInKilobytes = reader.Number("MaxMessageSizeInKilobytes", EntityLimits.DefaultMessageSizeInKilobytes),
            MaxSizeInMegabytes = reader.Number("MaxSizeInMegabytes", EntityLimits.DefaultSizeInMegabytes),
            Status = reader.Status(),
            AutoDeleteOnIdle = reader.Duration("AutoDeleteOnIdle", TimeSpan.MaxValue),
            UserMetadata = reader.Text("UserMetadata"),
            EnableBatchedOperations = reader.Flag("EnableBatchedOperations", true),
            ForwardTo = reader.Entity("ForwardTo"),
            ForwardDeadLetteredMessagesTo = reader.Entity("ForwardDeadLetteredMessagesTo"),
        };
    }

    /// <summary>A queue as it is.</summary>
    public static XElement Write(EntityInfo<QueueDefinition> queue)
    {
        var definition = queue.Definition;
        return new XElement(
            Atom.ServiceBus + Root,
            Of("LockDuration", definition.LockDuration),
            Of("MaxSizeInMegabytes", definition.MaxSizeInMegabytes),
            Of("RequiresDuplicateDetection", definition.RequiresDuplicateDetection),
            Of("RequiresSession", definition.RequiresSession),
            Of("DefaultMessageTimeToLive", definition.DefaultMessageTimeToLive),
            Of("DeadLetteringOnMessageExpiration", definition.DeadLetteringOnMessageExpiration),
            Of("DuplicateDetectionHistoryTimeWindow", definition.DuplicateDetectionHistoryTimeWindow),
            Of("MaxDeliveryCount", definition.MaxDeliveryCount),
            Of("EnableBatchedOperations", definition.EnableBatchedOperations),
            Of("IsAnonymousAccessible", false),
            Of("Status", definition.Status.ToString()),
            If("ForwardTo", definition.ForwardTo),
            If("UserMetadata", definition.UserMetadata),
            Of("SupportOrdering", true),
            Of("AutoDeleteOnIdle", definition.AutoDeleteOnIdle),
            Of("EnablePartitioning", false),
            If("ForwardDeadLetteredMessagesTo", definition.ForwardDeadLetteredMessagesTo),
            Of("EnableExpress", false),
            Of("MaxMessageSizeInKilobytes", definition.MaxMessageSizeInKilobytes),
            Runtime(queue));
    }
}
