using System.Globalization;
using System.Text.Json.Nodes;

namespace EventFunctions.CatalogGenerator.OpenApi;

/// <summary>Where in a body a field is.</summary>
/// <param name="Steps">Names of fields and numbers of items, from the outside in.</param>
internal sealed record FieldPath(params IReadOnlyList<object> Steps)
{
    /// <summary>The path as problems tell it, e.g. <c>lines[0].quantity</c>.</summary>
    public override string ToString() => string.Concat(Steps.Select((step, at) => step switch
    {
        int number => $"[{number.ToString(CultureInfo.InvariantCulture)}]",
        _ => at == 0 ? $"{step}" : $".{step}",
    }));

    /// <summary>The path of something inside.</summary>
    public FieldPath Then(object step) => new([.. Steps, step]);

    /// <summary>What a body has there.</summary>
    public JsonNode? In(JsonNode body) => Steps.Aggregate((JsonNode?)body, (node, step) => step is int number ? node?[number] : node?[(string)step]);

    /// <summary>A copy of a body with something else there; without the field where it is <see langword="null"/>.</summary>
    public JsonNode With(JsonNode body, JsonNode? value)
    {
        var copy = body.DeepClone();
        var holder = new FieldPath([.. Steps.SkipLast(1)]).In(copy)!;
        switch (Steps[^1])
        {
            case int number:
                holder[number] = value;
                break;
            case string name when value is null:
                holder.AsObject().Remove(name);
                break;
            case var name:
                holder[(string)name] = value;
                break;
        }

        return copy;
    }
}
