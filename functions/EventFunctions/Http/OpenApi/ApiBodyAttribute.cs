namespace EventFunctions.Http.OpenApi;

/// <summary>Declares, for the OpenAPI document, the body that an endpoint takes.</summary>
/// <param name="type">The body's type, as it is deserialised; of lines or other text, <see cref="string"/>.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ApiBodyAttribute(Type type) : Attribute
{
    /// <summary>The body's type.</summary>
    public Type Type { get; } = type;

    /// <summary>Whether the body may be left out.</summary>
    public bool Optional { get; init; }

    /// <summary>The body's media type.</summary>
    public string MediaType { get; init; } = "application/json";
}
