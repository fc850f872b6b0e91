using System.Xml.Linq;

namespace EventFunctions.Local.ServiceBus.Administration;

/// <summary>Pages of lists.</summary>
/// <param name="root">Where the administration is reached.</param>
/// <param name="clock">The time.</param>
internal sealed class AtomFeeds(Uri root, TimeProvider clock)
{
    /// <summary>The address of an entity.</summary>
    public string Address(params string[] segments) => new Uri(root, string.Join('/', segments)).AbsoluteUri;

    /// <summary>A page; a full one leads to the next.</summary>
    public AdministrationResponse Page(AdministrationRequest request, string title, IEnumerable<XElement> entries)
    {
        var page = entries.ToList();
        var next = page.Count == request.Top ? $"{request.Address}?$skip={request.Skip + request.Top}&$top={request.Top}" : null;
        return new AdministrationResponse(200, Atom.Feed(request.Address, title, clock.GetUtcNow(), next, page));
    }
}
