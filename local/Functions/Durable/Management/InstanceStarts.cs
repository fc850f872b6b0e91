using DurableTask.Core.Exceptions;
using EventFunctions.Local.Functions.Discovery;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.Functions.Durable.Management;

/// <summary>Starts instances, anew or again, and answers with where they are observed, or with what they come to in a given time.</summary>
internal sealed class InstanceStarts(
    EngineOpening opening, FunctionCatalog catalog, InstanceQueries queries, CheckStatus checkStatus, TimeProvider timeProvider)
{
    /// <summary><c>POST orchestrators/{functionName}/{instanceId?}</c>: the body is the input, as JSON.</summary>
    public async Task<IResult> StartAsync(HttpContext http)
    {
        var name = http.Value("functionName")!;
        var patience = Patience(http.Request);
        if (catalog.Orchestrator(name) is null)
        {
            return ManagementAnswers.BadRequest($"The function '{name}' doesn't exist, or is not an orchestrator.");
        }

        var (input, problem) = await RequestBody.ReadAsync(http.Request, http.RequestAborted);
        if (problem is not null)
        {
            return ManagementAnswers.BadRequest(problem);
        }

        var options = new StartOrchestrationOptions(http.Value("instanceId"))
        {
            Version = http.Request.Query.TryGetValue("version", out var version) ? new TaskVersion(version.ToString()) : (TaskVersion?)null,
        };
        try
        {
            var id = await opening.Engine.Client.ScheduleNewOrchestrationInstanceAsync(name, input, options, http.RequestAborted);
            return await AnswerAsync(http, id, patience);
        }
        catch (OrchestrationAlreadyExistsException exception)
        {
            return ManagementAnswers.Error(StatusCodes.Status409Conflict, exception.Message);
        }
    }

    /// <summary><c>POST instances/{instanceId}/restart</c>: under a new id unless <c>restartWithNewInstanceId</c> is false.</summary>
    public async Task<IResult> RestartAsync(HttpContext http)
    {
        var id = http.InstanceId();
        var (anew, patience) = (http.Request.Flag("restartWithNewInstanceId") ?? true, Patience(http.Request));
        return await opening.Engine.Client.GetInstanceAsync(id, http.RequestAborted) switch
        {
            null => ManagementAnswers.BadRequest($"InstanceId '{id}' doesn't match a valid orchestration instance."),
            { IsCompleted: false } instance when !anew => ManagementAnswers.Error(
                StatusCodes.Status409Conflict, $"Instance '{id}' is {instance.RuntimeStatus}; only an ended one can be restarted under its id."),
            _ => await AnswerAsync(http, await opening.Engine.Client.RestartAsync(id, anew, http.RequestAborted), patience),
        };
    }

    /// <summary>
    /// How long the answer waits for the end: <c>timeout</c>, if <c>pollingInterval</c> is there as well. It needs no polling here.
    /// </summary>
    private static TimeSpan? Patience(HttpRequest request) =>
        (request.Seconds("timeout"), request.Seconds("pollingInterval")) is ({ } timeout, { }) ? timeout : null;

    private async Task<IResult> AnswerAsync(HttpContext http, string id, TimeSpan? patience)
    {
        var ended = patience is { } timeout ? await EndAsync(id, timeout, http.RequestAborted) : null;
        return ended switch
        {
            null => checkStatus.Answer(http, id),
            { RuntimeStatus: OrchestrationRuntimeStatus.Completed } => ManagementAnswers.Json(StatusJson.Payload(ended.SerializedOutput)),
            _ => queries.Answer(http, ended, failAs500: false),
        };
    }

    private async Task<OrchestrationMetadata?> EndAsync(string id, TimeSpan patience, CancellationToken aborted)
    {
        using var timeout = new CancellationTokenSource(patience, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, aborted);
        try
        {
            return await opening.Engine.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            // It goes on, and the caller is told where to ask.
            return null;
        }
    }
}
