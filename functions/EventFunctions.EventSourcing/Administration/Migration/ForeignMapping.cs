using System.Text.Json;
using System.Text.Json.Serialization;

namespace EventFunctions.EventSourcing;

/// <summary>How another system's events become events of this one: the mapping file of a migration.</summary>
/// <remarks>
/// Paths read <c>$.a.b</c>: member <c>b</c> of member <c>a</c> of the foreign event. Inside <c>$item</c> a path may read
/// <c>@.a</c>: member <c>a</c> of the element.
/// </remarks>
/// <param name="Type">Path of the foreign event's type.</param>
/// <param name="Time">Path of its time, as RFC 3339.</param>
/// <param name="Events">What becomes of each foreign type.</param>
/// <param name="Id">Path of its id, unique in the file; without it the id follows from stream and version.</param>
/// <param name="Version">Path of its version in its stream, 1 for the first; without it events are numbered in the order of the file.</param>
/// <param name="Correlation">Path of the business transaction's id; without it that is the stream.</param>
/// <param name="User">Path of who asked.</param>
/// <param name="Ignore">Foreign types that are left out.</param>
public sealed record ForeignMapping(
    string Type,
    string Time,
    IReadOnlyDictionary<string, ForeignEventRule> Events,
    string? Id = null,
    string? Version = null,
    string? Correlation = null,
    string? User = null,
    IReadOnlyList<string>? Ignore = null)
{
    private static readonly JsonSerializerOptions Strict = new(EventJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>Reads a mapping file.</summary>
    /// <exception cref="ForeignMappingException">It is no mapping.</exception>
    public static ForeignMapping Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var mapping = JsonSerializer.Deserialize<ForeignMapping>(utf8, Strict) ?? throw new JsonException("It is JSON null.");
            var paths = new[] { mapping.Type, mapping.Time, mapping.Id, mapping.Version, mapping.Correlation, mapping.User };
            return Array.Find(paths, p => p is not null && !ForeignValue.IsPath(p)) is { } wrong
                ? throw new ForeignMappingException([$"'{wrong}' is no path; one reads $.a.b."])
                : mapping;
        }
        catch (JsonException exception)
        {
            throw new ForeignMappingException([$"The mapping cannot be read: {exception.Message}"], exception);
        }
    }
}

/// <summary>What becomes of a foreign event.</summary>
/// <param name="Type">The stored name of our type.</param>
/// <param name="SchemaVersion">The schema version that <paramref name="Data"/> has.</param>
/// <param name="Stream">The stream's name, with paths in braces: <c>ordering-{$.order.id}</c>.</param>
/// <param name="Data">
/// The data, as a template: a string that is a path is replaced by what it leads to; <c>{ "$all": "$.a", … }</c> is the object
/// with all members of that one, and then those that follow; <c>{ "$each": "$.a", "$item": … }</c> is an array with the item
/// for each element; <c>{ "$text": "$.a" }</c> and <c>{ "$number": "$.a" }</c> turn numbers into text and back;
/// <c>{ "$optional": "$.a" }</c> is left out where there is nothing; whatever else is a constant.
/// </param>
public sealed record ForeignEventRule(string Type, int SchemaVersion, string Stream, JsonElement Data);

/// <summary>A mapping, or a file by it, cannot be used.</summary>
/// <param name="problems">Everything that is wrong, a sentence each.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class ForeignMappingException(IReadOnlyList<string> problems, Exception? innerException = null)
    : Exception(string.Join(Environment.NewLine, problems), innerException)
{
    /// <summary>Everything that is wrong, a sentence each.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
