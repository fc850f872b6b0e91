using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.Functions.Durable.Management;

/// <summary>Answers that several operations give.</summary>
internal static class ManagementAnswers
{
    /// <summary>202 without a body.</summary>
    public static IResult Accepted { get; } = Results.StatusCode(StatusCodes.Status202Accepted);

    /// <summary>404 without a body.</summary>
    public static IResult NotFound { get; } = Results.StatusCode(StatusCodes.Status404NotFound);

    /// <summary>410 without a body: the instance has ended.</summary>
    public static IResult Gone { get; } = Results.StatusCode(StatusCodes.Status410Gone);

    /// <summary>400 with the reason.</summary>
    public static IResult BadRequest(string message) => Error(StatusCodes.Status400BadRequest, message);

    /// <summary>A refusal with its reason, in the service's form.</summary>
    public static IResult Error(int status, string message) => Json(new JsonObject { ["Message"] = message }, status);

    /// <summary>A JSON body.</summary>
    public static IResult Json(JsonNode? body, int status = StatusCodes.Status200OK) =>
        Results.Text(body?.ToJsonString() ?? "null", "application/json", statusCode: status);

    /// <summary>Whether an instance takes nothing any more.</summary>
    public static bool HasEnded(OrchestrationMetadata instance) => instance.IsCompleted;
}
