using System.Xml;
using System.Xml.Linq;

namespace EventFunctions.Local.ServiceBus.Administration;

/// <summary>Writes the elements of a description.</summary>
internal static class DescriptionWriter
{
    public static XElement Of(string name, string value) => new(Atom.ServiceBus + name, value);

    public static XElement Of(string name, bool value) => Of(name, XmlConvert.ToString(value));

    public static XElement Of(string name, long value) => Of(name, XmlConvert.ToString(value));

    public static XElement Of(string name, TimeSpan value) => Of(name, XmlConvert.ToString(value));

    public static XElement Of(string name, DateTimeOffset value) => Of(name, Atom.Time(value));

    /// <summary>An element that is left out where there is no value.</summary>
    public static XElement? If(string name, string? value) => value is null ? null : Of(name, value);

    /// <summary>What an entity has and when it was used.</summary>
    public static IEnumerable<XElement> Runtime<T>(EntityInfo<T> entity)
    {
        var counts = entity.Counts;
        yield return Of("MessageCount", counts.Total);
        yield return Of("SizeInBytes", counts.SizeInBytes);
        yield return Of("CreatedAt", entity.CreatedAt);
        yield return Of("UpdatedAt", entity.UpdatedAt);
        yield return Of("AccessedAt", entity.AccessedAt);
        yield return new XElement(
            Atom.ServiceBus + "CountDetails",
            new XAttribute(XNamespace.Xmlns + "d2p1", Atom.Counts.NamespaceName),
            new XElement(Atom.Counts + "ActiveMessageCount", counts.Active),
            new XElement(Atom.Counts + "DeadLetterMessageCount", counts.DeadLetter),
            new XElement(Atom.Counts + "ScheduledMessageCount", counts.Scheduled),
            new XElement(Atom.Counts + "TransferDeadLetterMessageCount", counts.TransferDeadLetter),
            new XElement(Atom.Counts + "TransferMessageCount", counts.Transfer));
        yield return Of("EntityAvailabilityStatus", "Available");
    }
}
