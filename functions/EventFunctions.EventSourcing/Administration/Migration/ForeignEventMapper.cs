using System.Globalization;
using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>
/// Turns the lines of another system's events into ours, in the order of the file. The same file with the same mapping gives
/// the same ids and versions, so it may be imported again. Not safe for concurrent use: it numbers the events of each stream.
/// </summary>
/// <param name="mapping">How.</param>
public sealed class ForeignEventMapper(ForeignMapping mapping)
{
    private const string Source = "migration";
    private static readonly Guid EventIds = new("5d0c8a1e-6f6b-4a9e-9a57-0e6c6f1b7a31");
    private static readonly Guid CommandIds = new("b7f1c2d4-3a85-4c5f-8e0d-91d3a4f27c66");

    private readonly Dictionary<string, long> _versions = new(StringComparer.Ordinal);

    /// <summary>What becomes of a line.</summary>
    public ForeignLine Map(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var value = new ForeignValue(JsonSerializer.Deserialize<JsonElement>(utf8, EventJson.Options));
            var type = value.At(mapping.Type).ToString();
            if (mapping.Events.TryGetValue(type, out var rule))
            {
                return new ForeignLine.Mapped(Document(value, rule));
            }

            return mapping.Ignore?.Contains(type, StringComparer.Ordinal) == true ? new ForeignLine.Ignored() : new ForeignLine.Unmapped(type);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            // The element's own exceptions: a member of another kind than the mapping takes it for.
            return new ForeignLine.Refused(exception.Message);
        }
    }

    private EventDocument Document(ForeignValue value, ForeignEventRule rule)
    {
        var name = value.Text(rule.Stream);
        var stream = StreamName.TryParse(name, out var parsed)
            ? parsed
            : throw new FormatException($"'{name}' is no stream's name ([tenant.]category-id).");
        var version = VersionOf(value, stream);
        var eventId = mapping.Id is { } path
            ? IdOf(value.At(path).ToString())
            : NameBasedGuid.Create(EventIds, $"{stream}/{version.ToString(CultureInfo.InvariantCulture)}");
        var metadata = new EventMetadata(
            NameBasedGuid.Create(CommandIds, eventId.ToString("N")),
            mapping.Correlation is { } correlation ? value.At(correlation).ToString() : stream.Value,
            Tenant: stream.Tenant,
            User: mapping.User is { } user ? value.Find(user)?.ToString() : null,
            Source: Source);
        return new EventDocument(
            EventDocument.IdOf(version),
            stream.Value,
            EventDocument.EventKind,
            version,
            eventId,
            rule.Type,
            rule.SchemaVersion,
            value.At(mapping.Time).GetDateTimeOffset().ToUniversalTime(),
            JsonSerializer.SerializeToElement(value.Fill(rule.Data), EventJson.Options),
            metadata);
    }

    private long VersionOf(ForeignValue value, StreamName stream)
    {
        var expected = _versions.GetValueOrDefault(stream.Value) + 1;
        var version = mapping.Version is { } path ? value.At(path).GetInt64() : expected;
        if (version != expected)
        {
            throw new FormatException(
                $"the event is number {version} of '{stream}', and {expected} comes next. Sort the file, or leave the version out of the mapping.");
        }

        _versions[stream.Value] = version;
        return version;
    }

    private static Guid IdOf(string text) => Guid.TryParse(text, out var id) ? id : NameBasedGuid.Create(EventIds, text);
}

/// <summary>What becomes of a line of another system's events.</summary>
public abstract record ForeignLine
{
    private ForeignLine()
    {
    }

    /// <summary>It is an event.</summary>
    /// <param name="Event">The event.</param>
    public sealed record Mapped(EventDocument Event) : ForeignLine;

    /// <summary>It is left out, as the mapping says.</summary>
    public sealed record Ignored : ForeignLine;

    /// <summary>The mapping says nothing about its type.</summary>
    /// <param name="Type">The type.</param>
    public sealed record Unmapped(string Type) : ForeignLine;

    /// <summary>It cannot be mapped.</summary>
    /// <param name="Cause">Why.</param>
    public sealed record Refused(string Cause) : ForeignLine;
}
