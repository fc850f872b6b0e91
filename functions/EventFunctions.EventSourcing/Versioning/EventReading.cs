using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventFunctions.EventSourcing;

/// <summary>How stored data of one name and schema version is read.</summary>
/// <param name="Type">The event that it is read as.</param>
/// <param name="Upcasters">The way to the newest schema version, in order; none for data that has it.</param>
internal sealed record EventReading(EventTypeInfo Type, IReadOnlyList<IEventUpcaster> Upcasters)
{
    // As the serializer reads: what fits the shape is found by the upcaster too.
    private static readonly JsonNodeOptions NodeOptions = new() { PropertyNameCaseInsensitive = true };

    /// <summary>The event that the data holds.</summary>
    /// <param name="schemaVersion">The schema version of the data, which this reading is for.</param>
    /// <param name="data">What is stored.</param>
    /// <exception cref="EventFormatException">
    /// The data has not the shape of its version, or an upcaster failed on it. The message is to be read after "the data".
    /// </exception>
    public IDomainEvent Read(int schemaVersion, JsonElement data)
    {
        if (data.ValueKind == JsonValueKind.Undefined)
        {
            throw new EventFormatException("is missing.");
        }

        if (Upcasters.Count == 0)
        {
            return (IDomainEvent)As(data, Type.ClrType, schemaVersion);
        }

        // What an upcaster may rely on is checked once, on what is stored: the results of upcasters are the code's own.
        As(data, Upcasters[0].Shape, schemaVersion);
        var current = JsonObject.Create(data, NodeOptions)!;
        for (var i = 0; i < Upcasters.Count; i++)
        {
            current = Upcast(Upcasters[i], schemaVersion + i, current);
        }

        try
        {
            return (IDomainEvent)(current.Deserialize(Type.ClrType, EventJson.Options) ?? throw new JsonException("It is null."));
        }
        catch (Exception exception) when (DataMisfit.Is(exception))
        {
            throw new EventFormatException(
                $"was upcast from '{Type.Name}' version {schemaVersion}, and the result is not version {Type.SchemaVersion}: {exception.Message}",
                exception);
        }
    }

    private object As(JsonElement data, Type shape, int schemaVersion)
    {
        try
        {
            return data.Deserialize(shape, EventJson.Options) ?? throw new JsonException("It is null.");
        }
        catch (Exception exception) when (DataMisfit.Is(exception))
        {
            throw new EventFormatException($"is not a '{Type.Name}' version {schemaVersion}: {exception.Message}", exception);
        }
    }

    private JsonObject Upcast(IEventUpcaster upcaster, int fromVersion, JsonObject data)
    {
        try
        {
            return upcaster.Upcast(data) ?? throw new InvalidOperationException("It returned null.");
        }
        catch (Exception exception)
        {
            // Whatever it is: the event cannot be read until the upcaster is mended, and a version has just one. Its CLR name stays
            // out: the message may be stored as the reason why the event is parked.
            throw new EventFormatException(
                $"cannot be upcast from version {fromVersion} of '{Type.Name}' to {fromVersion + 1}: {exception.Message}", exception);
        }
    }
}
