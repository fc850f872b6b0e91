using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.Functions.Durable.Management;

/// <summary>Sends events to instances, and ends, suspends, resumes and rewinds them.</summary>
internal sealed class InstanceSteering(EngineOpening opening)
{
    private const string JsonMediaType = "application/json";

    /// <summary><c>POST instances/{instanceId}/raiseEvent/{eventName}</c>: the body is the payload, and has to be JSON.</summary>
    public async Task<IResult> RaiseEventAsync(HttpContext http)
    {
        if (await RefuseAsync(http) is { } refusal)
        {
            return refusal;
        }

        if (!IsJson(http.Request.ContentType))
        {
            return ManagementAnswers.BadRequest($"Only {JsonMediaType} request content is supported.");
        }

        var (payload, problem) = await RequestBody.ReadAsync(http.Request, http.RequestAborted);
        return payload is null
            ? ManagementAnswers.BadRequest(problem ?? "Invalid JSON content: it is empty.")
            : await SteerAsync(() => opening.Engine.Client.RaiseEventAsync(http.InstanceId(), http.Value("eventName")!, payload, http.RequestAborted));
    }

    /// <summary><c>POST instances/{instanceId}/terminate</c>: the reason becomes the instance's output.</summary>
    public async Task<IResult> TerminateAsync(HttpContext http) => await RefuseAsync(http)
        ?? await SteerAsync(() => opening.Engine.Client.TerminateInstanceAsync(http.InstanceId(), Reason(http), http.RequestAborted));

    /// <summary><c>POST instances/{instanceId}/suspend</c>.</summary>
    public async Task<IResult> SuspendAsync(HttpContext http) => await RefuseAsync(http)
        ?? await SteerAsync(() => opening.Engine.Client.SuspendInstanceAsync(http.InstanceId(), Reason(http), http.RequestAborted));

    /// <summary><c>POST instances/{instanceId}/resume</c>.</summary>
    public async Task<IResult> ResumeAsync(HttpContext http) => await RefuseAsync(http)
        ?? await SteerAsync(() => opening.Engine.Client.ResumeInstanceAsync(http.InstanceId(), Reason(http), http.RequestAborted));

    /// <summary><c>POST instances/{instanceId}/rewind</c>: 412 for an instance that has not failed.</summary>
    public async Task<IResult> RewindAsync(HttpContext http)
    {
        var id = http.InstanceId();
        switch (await opening.Engine.Client.GetInstanceAsync(id, http.RequestAborted))
        {
            case null:
                return ManagementAnswers.NotFound;
            case { RuntimeStatus: not OrchestrationRuntimeStatus.Failed and var status }:
                return ManagementAnswers.Error(
                    StatusCodes.Status412PreconditionFailed, $"Instance '{id}' is {status}; only a failed one can be rewound.");
            default:
                await opening.Engine.Client.RewindInstanceAsync(id, Reason(http) ?? string.Empty, http.RequestAborted);
                return ManagementAnswers.Accepted;
        }
    }

    private async Task<IResult?> RefuseAsync(HttpContext http) =>
        await opening.Engine.Client.GetInstanceAsync(http.InstanceId(), http.RequestAborted) switch
        {
            null => ManagementAnswers.NotFound,
            { IsCompleted: true } => ManagementAnswers.Gone,
            _ => null,
        };

    /// <summary>The instance may have gone or ended since it was looked at, or be in a state that the operation has no meaning in.</summary>
    private async Task<IResult> SteerAsync(Func<Task> steer)
    {
        try
        {
            await steer();
            return ManagementAnswers.Accepted;
        }
        catch (RpcException refused) when (refused.StatusCode == StatusCode.NotFound)
        {
            return ManagementAnswers.NotFound;
        }
        catch (RpcException refused) when (refused.StatusCode == StatusCode.FailedPrecondition)
        {
            return ManagementAnswers.Error(StatusCodes.Status409Conflict, refused.Status.Detail);
        }
    }

    private static string? Reason(HttpContext http) => http.Request.Text("reason");

    private static bool IsJson(string? contentType) =>
        string.Equals((contentType ?? string.Empty).Split(';')[0].Trim(), JsonMediaType, StringComparison.OrdinalIgnoreCase);
}
