using System.Text.Json.Nodes;

namespace EventFunctions.EventSourcing;

/// <summary>
/// Brings the stored data of an event from one schema version to the next. Implementations have a constructor without
/// parameters and are pure; they are found by <see cref="EventTypeRegistry.FromAssemblies"/>, one for each retired version.
/// </summary>
public interface IEventUpcaster
{
    /// <summary>The shape that is upcast: a record marked <see cref="RetiredEventAttribute"/>, which tells event and version.</summary>
    Type Shape { get; }

    /// <summary>The data in the shape of the next schema version.</summary>
    /// <param name="data">
    /// Data that can be read as <see cref="Shape"/>, with what else was stored in it. The upcaster may change and return it.
    /// </param>
    JsonObject Upcast(JsonObject data);
}
