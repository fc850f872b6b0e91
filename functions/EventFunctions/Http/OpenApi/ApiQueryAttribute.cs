namespace EventFunctions.Http.OpenApi;

/// <summary>Declares, for the OpenAPI document, a query parameter of an endpoint.</summary>
/// <param name="name">The parameter.</param>
/// <param name="description">What it does, a sentence.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ApiQueryAttribute(string name, string description) : Attribute
{
    /// <summary>The parameter.</summary>
    public string Name { get; } = name;

    /// <summary>What it does.</summary>
    public string Description { get; } = description;

    /// <summary>The type of its value.</summary>
    public Type Type { get; init; } = typeof(string);

    /// <summary>Whether it has to be given.</summary>
    public bool Required { get; init; }

    /// <summary>The words it may be; none where it is free.</summary>
    public string[] OneOf { get; init; } = [];
}
