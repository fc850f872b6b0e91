using System.Xml;
using System.Xml.Linq;

namespace EventFunctions.Local.ServiceBus.Administration;

/// <summary>The XML of the administration: entries and feeds of Atom (RFC 4287) around descriptions of the service.</summary>
internal static class Atom
{
    /// <summary>The namespace of descriptions.</summary>
    public static readonly XNamespace ServiceBus = "http://schemas.microsoft.com/netservices/2010/10/servicebus/connect";

    /// <summary>The namespace of counts.</summary>
    public static readonly XNamespace Counts = "http://schemas.microsoft.com/netservices/2011/06/servicebus";

    /// <summary>The namespace of the attribute that says which filter or action an element is.</summary>
    public static readonly XNamespace Instance = "http://www.w3.org/2001/XMLSchema-instance";

    private static readonly XNamespace Syndication = "http://www.w3.org/2005/Atom";

    private static readonly XmlReaderSettings Safe = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, Async = true, MaxCharactersInDocument = 1 << 20 };

    /// <summary>An entry: one entity.</summary>
    /// <param name="id">Its address, by which some clients learn its name.</param>
    /// <param name="title">Its name.</param>
    /// <param name="createdAt">When it was made.</param>
    /// <param name="updatedAt">When it was last changed.</param>
    /// <param name="description">What it is.</param>
    public static XElement Entry(string id, string title, DateTimeOffset createdAt, DateTimeOffset updatedAt, XElement description)
    {
        description.SetAttributeValue(XNamespace.Xmlns + "i", Instance.NamespaceName);
        return new XElement(
            Syndication + "entry",
            new XElement(Syndication + "id", id),
            new XElement(Syndication + "title", new XAttribute("type", "text"), title),
            new XElement(Syndication + "published", Time(createdAt)),
            new XElement(Syndication + "updated", Time(updatedAt)),
            new XElement(Syndication + "link", new XAttribute("rel", "self"), new XAttribute("href", id)),
            new XElement(Syndication + "content", new XAttribute("type", "application/xml"), description));
    }

    /// <summary>A feed: a page of entities.</summary>
    /// <param name="id">The address of the page.</param>
    /// <param name="title">What is listed.</param>
    /// <param name="now">When it was made.</param>
    /// <param name="next">The address of the next page; none for the last one.</param>
    /// <param name="entries">The entities.</param>
    public static XElement Feed(string id, string title, DateTimeOffset now, string? next, IEnumerable<XElement> entries) => new(
        Syndication + "feed",
        new XElement(Syndication + "title", new XAttribute("type", "text"), title),
        new XElement(Syndication + "id", id),
        new XElement(Syndication + "updated", Time(now)),
        new XElement(Syndication + "link", new XAttribute("rel", "self"), new XAttribute("href", id)),
        next is null ? null : new XElement(Syndication + "link", new XAttribute("rel", "next"), new XAttribute("href", next)),
        entries);

    /// <summary>The description in an entry that was sent.</summary>
    /// <exception cref="AdministrationException">It is no XML, or no entry with a description.</exception>
    public static async Task<XElement> ReadDescriptionAsync(Stream body, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = XmlReader.Create(body, Safe);
            var entry = await XElement.LoadAsync(reader, LoadOptions.None, cancellationToken);
            return entry.Element(Syndication + "content")?.Elements().FirstOrDefault()
                ?? throw AdministrationException.BadRequest("The body is to be an Atom entry whose content is a description.");
        }
        catch (XmlException exception)
        {
            throw AdministrationException.BadRequest($"The body is no XML: {exception.Message}");
        }
    }

    /// <summary>A point in time as descriptions have it.</summary>
    public static string Time(DateTimeOffset time) => XmlConvert.ToString(time.UtcDateTime, XmlDateTimeSerializationMode.Utc);
}
