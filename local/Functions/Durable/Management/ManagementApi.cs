using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EventFunctions.Local.Functions.Durable.Management;

/// <summary>
/// The HTTP management API of the task hub, with the routes, verbs, bodies and status codes of the Durable Functions extension
/// (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-http-api). A verb that a route does not have is
/// answered with 404, as there.
/// </summary>
internal sealed class ManagementApi(
    ManagementKey key,
    TaskHubParameter hub,
    InstanceQueries queries,
    InstanceStarts starts,
    InstanceSteering steering,
    InstancePurges purges)
{
    /// <summary>Before every function, whatever its route.</summary>
    private const int Order = int.MinValue;

    private const string Instance = ManagementAddress.InstancesPath + "/{instanceId}";

    /// <summary>Adds the API's routes.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, HttpMethods.Get, ManagementAddress.InstancesPath, queries.ListAsync);
        Map(routes, HttpMethods.Delete, ManagementAddress.InstancesPath, purges.PurgeManyAsync);
        Map(routes, HttpMethods.Get, Instance, queries.GetAsync);
        Map(routes, HttpMethods.Delete, Instance, purges.PurgeOneAsync);
        Map(routes, HttpMethods.Post, Instance + "/raiseEvent/{eventName}", steering.RaiseEventAsync);
        Map(routes, HttpMethods.Post, Instance + "/terminate", steering.TerminateAsync);
        Map(routes, HttpMethods.Post, Instance + "/suspend", steering.SuspendAsync);
        Map(routes, HttpMethods.Post, Instance + "/resume", steering.ResumeAsync);
        Map(routes, HttpMethods.Post, Instance + "/rewind", steering.RewindAsync);
        Map(routes, HttpMethods.Post, Instance + "/restart", starts.RestartAsync);
        Map(routes, HttpMethods.Post, ManagementAddress.BasePath + "/orchestrators/{functionName}/{instanceId?}", starts.StartAsync);

        // There is one app on the hub, so it is the primary one already.
        Map(routes, HttpMethods.Post, ManagementAddress.BasePath + "/makeprimary", static _ => Task.FromResult(Results.Ok()));
        foreach (var method in new[] { HttpMethods.Get, HttpMethods.Post, HttpMethods.Delete })
        {
            Map(routes, method, ManagementAddress.BasePath + "/entities/{**entity}", static _ => Task.FromResult(NoEntities()));
        }
    }

    private void Map(IEndpointRouteBuilder routes, string method, string pattern, Func<HttpContext, Task<IResult>> handle) =>
        routes.MapMethods(pattern, [method], http => AnswerAsync(http, handle))
            .WithDisplayName($"durabletask {method} {pattern}")
            .WithOrder(Order);

    private async Task AnswerAsync(HttpContext http, Func<HttpContext, Task<IResult>> handle)
    {
        IResult answer;
        try
        {
            answer = key.Permits(http.Request)
                ? hub.Refuse(http.Request) ?? await handle(http)
                : Results.StatusCode(StatusCodes.Status401Unauthorized);
        }
        catch (BadHttpRequestException exception)
        {
            answer = ManagementAnswers.Error(exception.StatusCode, exception.Message);
        }
        catch (ArgumentException exception)
        {
            // As in the service: whatever part of a request the task hub calls a wrong argument.
            answer = ManagementAnswers.BadRequest(exception.Message);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: there is nobody to answer.
            return;
        }

        await answer.ExecuteAsync(http);
    }

    private static IResult NoEntities() => ManagementAnswers.Error(
        StatusCodes.Status501NotImplemented,
        "Durable entities are not supported by the local runtime; keep the state in an aggregate or in an orchestration of its own.");
}
