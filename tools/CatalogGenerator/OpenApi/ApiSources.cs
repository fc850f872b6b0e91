using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Publishing;

namespace EventFunctions.CatalogGenerator.OpenApi;

/// <summary>All that the description of the HTTP API is made from.</summary>
/// <param name="Texts">What the code says about itself.</param>
/// <param name="Operations">What the HTTP triggers do.</param>
/// <param name="Bodies">What request bodies may be, and an example of each.</param>
internal sealed record ApiSources(XmlDocumentation Texts, IReadOnlyList<ApiOperation> Operations, RequestBodies Bodies)
{
    /// <summary>Reads them.</summary>
    /// <exception cref="CatalogException">Something is missing or contradicts itself.</exception>
    public static ApiSources Load(Repository repository)
    {
        var (app, domain, kernel) = (typeof(EventRelay).Assembly, typeof(Order).Assembly, typeof(EventDocument).Assembly);
        var texts = XmlDocumentation.Of(app, domain, kernel);
        return new ApiSources(texts, ApiOperation.In(app, texts), new RequestBodies(app, repository.BodyExamples));
    }
}
