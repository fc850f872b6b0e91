using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace EventFunctions.EventCatalog;

/// <summary>
/// The files of docs/events and docs/api, which the build puts into the assembly: what is served is what was reviewed, and nothing of the
/// repository is needed to serve it. A test holds the files against the code.
/// </summary>
public sealed class PublishedFiles
{
    private const string Folder = "event-catalog/";
    private readonly ConcurrentDictionary<string, PublishedFile> _read = new(StringComparer.Ordinal);

    /// <summary>The catalogue: every event, its versions, who raises and who consumes it.</summary>
    public PublishedFile Catalog => Find("catalog.json", "application/json") ?? throw Missing("docs/events/catalog.json");

    /// <summary>The AsyncAPI document.</summary>
    public PublishedFile AsyncApi => Find("asyncapi.json", "application/vnd.aai.asyncapi+json;version=3.0.0") ?? throw Missing("docs/events/asyncapi.json");

    /// <summary>The OpenAPI document.</summary>
    public PublishedFile OpenApi => Find("openapi.json", "application/json") ?? throw Missing("docs/api/openapi.json");

    /// <summary>The schema of the data of a version of an event; <see langword="null"/> where there is no such version.</summary>
    public PublishedFile? Schema(string name, int version) => Find($"{name}.v{version}.json", "application/schema+json");

    private PublishedFile? Find(string file, string contentType)
    {
        if (_read.TryGetValue(file, out var known))
        {
            return known;
        }

        using var resource = typeof(PublishedFiles).Assembly.GetManifestResourceStream(Folder + file);
        if (resource is null)
        {
            return null;
        }

        var content = new byte[resource.Length];
        resource.ReadExactly(content);
        return _read.GetOrAdd(file, new PublishedFile(content, contentType, $"\"{Convert.ToHexStringLower(SHA256.HashData(content)[..16])}\""));
    }

    private static InvalidOperationException Missing(string file) =>
        new($"The app was built without {file}. Write it with 'dotnet run --project tools/CatalogGenerator' and build again.");
}
