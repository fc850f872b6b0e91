namespace EventFunctions.Http.OpenApi;

/// <summary>Declares, for the OpenAPI document, how an endpoint answers where it serves the request.</summary>
/// <param name="status">The HTTP status code, 200 to 299, or 503 of the health check.</param>
/// <param name="body">The body's type; <see langword="null"/> where there is none.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ApiAnswerAttribute(int status, Type? body = null) : Attribute
{
    /// <summary>The HTTP status code.</summary>
    public int Status { get; } = status;

    /// <summary>The body's type; <see langword="null"/> where there is none.</summary>
    public Type? Body { get; } = body;

    /// <summary>The body's media type.</summary>
    public string MediaType { get; init; } = "application/json";

    /// <summary>Whether the answer has an <c>ETag</c>, to be sent back as <c>If-Match</c>.</summary>
    public bool HasETag { get; init; }

    /// <summary>Whether the answer has a <c>Location</c>.</summary>
    public bool HasLocation { get; init; }
}
