namespace EventFunctions.Http.OpenApi;

/// <summary>Declares, for the OpenAPI document, the request headers that an endpoint heeds beside the correlation id.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ApiHeadersAttribute : Attribute
{
    /// <summary>Whether it heeds <c>Idempotency-Key</c>.</summary>
    public bool IdempotencyKey { get; init; }

    /// <summary>Whether it heeds <c>If-Match</c>.</summary>
    public bool IfMatch { get; init; }

    /// <summary>Whether it heeds <c>If-None-Match</c>.</summary>
    public bool IfNoneMatch { get; init; }

    /// <summary>The names of further headers that a request has to have, e.g. of a signature.</summary>
    public string[] Required { get; init; } = [];
}
