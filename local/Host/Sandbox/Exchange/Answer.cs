using System.Text.Json;
using System.Text.Json.Serialization;

namespace EventFunctions.Local.Host.Sandbox.Exchange;

/// <summary>What a sandboxed service answers to an operation, kept so that a repetition gets just the same.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body.</param>
/// <param name="IsProblem">Whether the body is problem details.</param>
[method: JsonConstructor]
internal sealed record Answer(int Status, JsonElement Body, bool IsProblem)
{
    /// <summary>An answer with a body that is written as JSON.</summary>
    public Answer(int status, object body)
        : this(status, JsonSerializer.SerializeToElement(body, body.GetType(), JsonSerializerOptions.Web), body is SandboxProblem)
    {
    }

    /// <summary>A refusal as problem details (RFC 9457).</summary>
    public static Answer Refusal(int status, string code, string detail) => new(status, new SandboxProblem(status, code, detail));

    /// <summary>The answer on the wire.</summary>
    public IResult ToResult() => Results.Json(Body, contentType: IsProblem ? "application/problem+json" : null, statusCode: Status);
}

/// <summary>Problem details (RFC 9457) with a stable code; <c>type</c> is left out, which means <c>about:blank</c>.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Detail">For a person.</param>
internal sealed record SandboxProblem(int Status, string Code, string Detail)
{
    /// <summary>The same for every problem of one code.</summary>
    public string Title => Code.Replace('_', ' ');
}
