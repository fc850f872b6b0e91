using System.Text.Json;
using System.Text.Json.Nodes;
using EventFunctions.Http;
using FluentValidation;

namespace EventFunctions.CatalogGenerator.OpenApi;

/// <summary>Reads and validates bodies of one type as the app does.</summary>
/// <param name="type">The type.</param>
/// <param name="validator">What checks it; <see langword="null"/> where nothing does.</param>
internal sealed class BodyReader(Type type, IValidator? validator)
{
    /// <summary>What the app would answer 400 for, a text for each; none where it takes the body.</summary>
    public IReadOnlyList<string> ProblemsOf(JsonNode body) => [.. ErrorsOf(body).Select(e => $"{e.Key}: {string.Join(' ', e.Value)}")];

    /// <summary>Whether the app finds nothing wrong with a field or with what is in it.</summary>
    /// <param name="body">The body.</param>
    /// <param name="field">The field's path, e.g. <c>lines[0].quantity</c>.</param>
    public bool Accepts(JsonNode body, string field) => !ErrorsOf(body).Keys.Any(e =>
        e == "$" || e == field || e.StartsWith(field + ".", StringComparison.Ordinal) || e.StartsWith(field + "[", StringComparison.Ordinal));

    private IReadOnlyDictionary<string, string[]> ErrorsOf(JsonNode body)
    {
        object read;
        try
        {
            read = body.Deserialize(type, HttpJson.Options) ?? throw new JsonException("The body is null.");
        }
        catch (JsonException exception)
        {
            return new Dictionary<string, string[]>(StringComparer.Ordinal) { ["$"] = [exception.Message] };
        }

        return validator is null
            ? new Dictionary<string, string[]>(StringComparer.Ordinal)
            : Validation.ErrorsByField(validator.Validate(new ValidationContext<object>(read)));
    }
}
