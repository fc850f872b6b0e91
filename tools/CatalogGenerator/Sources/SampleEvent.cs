using System.Text.Json;
using System.Text.Json.Nodes;
using EventFunctions.EventSourcing;

namespace EventFunctions.CatalogGenerator.Sources;

/// <summary>An example of a version of an event, as it is stored: the data from the tests, in a document of its stream.</summary>
/// <param name="Version">The version.</param>
/// <param name="Data">The data.</param>
/// <param name="Document">The document that carries them.</param>
internal sealed record SampleEvent(EventVersionInfo Version, JsonObject Data, EventDocument Document)
{
    private static readonly DateTimeOffset Time = new(2026, 3, 4, 12, 30, 0, TimeSpan.Zero);

    /// <summary>The key of the version among all of them, e.g. <c>order-placed.v2</c>.</summary>
    public string Key => KeyOf(Version);

    /// <summary>The key of a version among all of them, e.g. <c>order-placed.v2</c>.</summary>
    public static string KeyOf(EventVersionInfo version) => $"{version.Name}.v{version.SchemaVersion}";

    /// <summary>Reads the example of a version.</summary>
    /// <param name="directory">Where the examples are.</param>
    /// <param name="version">The version.</param>
    /// <param name="origin">Where the event comes from.</param>
    /// <exception cref="CatalogException">There is no example.</exception>
    public static SampleEvent Read(string directory, EventVersionInfo version, EventOrigin origin)
    {
        var path = Path.Combine(directory, KeyOf(version) + ".json");
        var data = File.Exists(path)
            ? JsonNode.Parse(File.ReadAllText(path))!.AsObject()
            : throw new CatalogException($"There is no example of {KeyOf(version)}. Put one into '{path}'.");
        return new SampleEvent(version, data, DocumentOf(version, data, origin.StreamOf(data)));
    }

    private static EventDocument DocumentOf(EventVersionInfo version, JsonObject data, StreamName stream)
    {
        var commandId = NameBasedGuid.Create(Guid.Empty, $"command of {KeyOf(version)}");
        return new EventDocument(
            EventDocument.IdOf(1),
            stream.Value,
            EventDocument.EventKind,
            1,
            NameBasedGuid.Create(commandId, $"{stream}/0"),
            version.Name,
            version.SchemaVersion,
            Time,
            JsonSerializer.SerializeToElement(data),
            new EventMetadata(
                commandId,
                "checkout-4711",
                CausationId: "request-42",
                Source: "http",
                TraceParent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
    }
}
