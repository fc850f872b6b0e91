using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace EventFunctions.EventSourcing;

/// <summary>Where the JSON of a type has personal data, and whom it is about: read from the type's attributes once.</summary>
public sealed class PersonalDataMap
{
    private readonly PersonalDataShape? _shape;
    private readonly IReadOnlyList<string> _subjects;

    private PersonalDataMap(Type type, PersonalDataShape? shape, IReadOnlyList<string> subjects, IReadOnlyList<string> problems)
    {
        _shape = shape;
        _subjects = subjects;
        Problems = shape is null
            ? problems
            : [.. problems, .. subjects.Count == 1 ? Array.Empty<string>() : [SubjectProblem(type, subjects.Count)]];
    }

    /// <summary>Whether values of the type have personal data, at any depth.</summary>
    public bool HasPersonalData => _shape is not null;

    /// <summary>Why values of the type cannot be sealed, one text for each reason, with the remedy.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>Reads a type's attributes.</summary>
    /// <param name="type">The type of the value that is stored as one item: an event, a state, a view.</param>
    public static PersonalDataMap Of(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var building = new PersonalDataMapBuilder();
        var shape = building.Build(type);
        var info = EventJson.Options.GetTypeInfo(type);
        var subjects = info.Kind == JsonTypeInfoKind.Object
            ? info.Properties.Where(p => PersonalDataMapBuilder.IsMarked<DataSubjectAttribute>(p)).Select(p => p.Name).ToList()
            : [];
        return new PersonalDataMap(type, shape, subjects, building.Problems);
    }

    /// <summary>The values that are personal data and stand in clear in the JSON of a value.</summary>
    internal IReadOnlyList<ValueSpan> Find(ReadOnlySpan<byte> json) => _shape?.Find(json) ?? [];

    /// <summary>The id of the person whom the value is about; <see langword="null"/> where it names none.</summary>
    /// <exception cref="InvalidOperationException">What names the person is no JSON string.</exception>
    internal string? SubjectOf(ReadOnlySpan<byte> json)
    {
        if (_subjects.Count == 0)
        {
            return null;
        }
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isSubject = reader.ValueTextEquals(_subjects[0]);
            reader.Read();
            if (isSubject)
            {
                return reader.TokenType switch
                {
                    JsonTokenType.Null => null,
                    JsonTokenType.String => reader.GetString(),
                    var other => throw new InvalidOperationException($"The data subject '{_subjects[0]}' is a JSON string, not a {other}."),
                };
            }
            reader.Skip();
        }
        return null;
    }

    private static string SubjectProblem(Type type, int count) =>
        $"{type} has personal data and {count} properties marked [DataSubject]; mark the one that names the person.";
}
