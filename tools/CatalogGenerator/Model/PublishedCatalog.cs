using System.Text.Json.Nodes;

namespace EventFunctions.CatalogGenerator.Model;

/// <summary>Everything that is published about the events.</summary>
/// <param name="Events">Ordered by context and name.</param>
internal sealed record PublishedCatalog(IReadOnlyList<CatalogEvent> Events);

/// <summary>An event.</summary>
/// <param name="Name">The stored name.</param>
/// <param name="Context">The bounded context.</param>
/// <param name="Aggregate">What it happens to.</param>
/// <param name="Category">The category of the streams that hold it.</param>
/// <param name="Topic">The topic that it is published on.</param>
/// <param name="Description">What happened.</param>
/// <param name="Aliases">Former names that stored events may carry.</param>
/// <param name="RaisedBy">The commands that can lead to it.</param>
/// <param name="ConsumedBy">Who gets it; nobody where it is empty.</param>
/// <param name="Versions">From the newest to the first.</param>
internal sealed record CatalogEvent(
    string Name,
    string Context,
    string Aggregate,
    string Category,
    string Topic,
    string Description,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<CatalogCommand> RaisedBy,
    IReadOnlyList<CatalogConsumer> ConsumedBy,
    IReadOnlyList<CatalogVersion> Versions);

/// <summary>A command.</summary>
/// <param name="Command">Its name.</param>
/// <param name="Description">What is asked.</param>
internal sealed record CatalogCommand(string Command, string Description);

/// <summary>A subscription that lets the event through, and the function behind it.</summary>
/// <param name="Function">The function.</param>
/// <param name="Subscription">The subscription of the event's topic.</param>
/// <param name="InOrder">Whether the events of a stream come one after the other.</param>
/// <param name="Description">What the function does.</param>
internal sealed record CatalogConsumer(string Function, string Subscription, bool InOrder, string Description);

/// <summary>A schema version of an event.</summary>
/// <param name="Version">1 or more.</param>
/// <param name="Current">Whether events are written in it; retired versions are only read.</param>
/// <param name="Schema">The id of the schema of its data.</param>
/// <param name="Description">What happened.</param>
/// <param name="Fields">The fields of its data.</param>
/// <param name="Example">Data as it is stored.</param>
internal sealed record CatalogVersion(
    int Version, bool Current, string Schema, string Description, IReadOnlyList<CatalogField> Fields, JsonObject Example);

/// <summary>A field of an event's data.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The JSON type, or the name of a definition of the schema.</param>
/// <param name="Required">Whether it is always there.</param>
/// <param name="Description">What it tells.</param>
internal sealed record CatalogField(string Name, string Type, bool Required, string Description);
