namespace EventFunctions.Http.OpenApi;

/// <summary>
/// Declares, for the OpenAPI document, how an endpoint answers where it refuses the request. Problems that any endpoint of the
/// kind can have (400, 413, 415, 500, 503) are added by the document itself.
/// </summary>
/// <param name="status">The HTTP status code, 400 to 599.</param>
/// <param name="codes">The problem's stable codes.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ApiProblemAttribute(int status, params string[] codes) : Attribute
{
    /// <summary>The HTTP status code.</summary>
    public int Status { get; } = status;

    /// <summary>The problem's stable codes.</summary>
    public IReadOnlyList<string> Codes { get; } = codes;
}
