using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.Functions.Durable.Management;

/// <summary>Asks for one instance, or for those that a filter selects.</summary>
internal sealed class InstanceQueries(EngineOpening opening)
{
    private const string ContinuationHeader = "x-ms-continuation-token";

    /// <summary>The service's hint at when to ask again.</summary>
    private const int RetryAfterSeconds = 5;

    /// <summary><c>GET instances</c>: oldest first; where the next page begins is in the header <c>x-ms-continuation-token</c>.</summary>
    public async Task<IResult> ListAsync(HttpContext http)
    {
        var showInput = http.Request.Flag("showInput") ?? true;
        var query = new OrchestrationQuery(
            CreatedFrom: http.Request.Time("createdTimeFrom"),
            CreatedTo: http.Request.Time("createdTimeTo"),
            Statuses: http.Request.Statuses("runtimeStatus"),
            InstanceIdPrefix: http.Request.Text("instanceIdPrefix"),
            PageSize: http.Request.Count("top") ?? OrchestrationQuery.DefaultPageSize,
            FetchInputsAndOutputs: true,
            ContinuationToken: ContinuationTokens.Read(http.Request.Headers[ContinuationHeader].ToString()));
        var page = await FirstAsync(opening.Engine.Client.GetAllInstancesAsync(query), http.RequestAborted);
        if (page.ContinuationToken is { } next)
        {
            http.Response.Headers[ContinuationHeader] = ContinuationTokens.Write(next);
        }

        return ManagementAnswers.Json(new JsonArray([.. page.Values.Select(instance => StatusJson.Of(instance, showInput, history: null))]));
    }

    /// <summary>
    /// <c>GET instances/{instanceId}</c>: 202 while the instance goes on, 200 when it has ended, and 500 for a failed one if
    /// <c>returnInternalServerErrorOnFailure</c> is set.
    /// </summary>
    public async Task<IResult> GetAsync(HttpContext http)
    {
        var id = http.InstanceId();
        var instance = await opening.Engine.Client.GetInstanceAsync(id, getInputsAndOutputs: true, http.RequestAborted);
        return instance is null
            ? ManagementAnswers.NotFound
            : Answer(http, instance, http.Request.Flag("returnInternalServerErrorOnFailure") ?? false);
    }

    /// <summary>The state of an instance as a status query answers it.</summary>
    public IResult Answer(HttpContext http, OrchestrationMetadata instance, bool failAs500)
    {
        var body = StatusJson.Of(instance, http.Request.Flag("showInput") ?? true, History(http.Request, instance));
        if (!ManagementAnswers.HasEnded(instance))
        {
            http.Response.Headers.Location = http.Request.GetEncodedUrl();
            http.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            return ManagementAnswers.Json(body, StatusCodes.Status202Accepted);
        }

        return ManagementAnswers.Json(
            body,
            failAs500 && instance.RuntimeStatus == OrchestrationRuntimeStatus.Failed ? StatusCodes.Status500InternalServerError : StatusCodes.Status200OK);
    }

    private JsonArray? History(HttpRequest request, OrchestrationMetadata instance)
    {
        var (show, showOutput, raw) = (request.Flag("showHistory"), request.Flag("showHistoryOutput"), request.Flag("rawHistory"));
        if (show is not true || instance.RuntimeStatus == OrchestrationRuntimeStatus.Pending)
        {
            return null;
        }

        var events = RawHistory.Of(instance.InstanceId, opening.Engine.GetHistory(instance.InstanceId));
        return raw is true ? events : HistoryJson.Of(events, request.Flag("showInput") ?? true, showOutput ?? false);
    }

    private static async Task<Page<OrchestrationMetadata>> FirstAsync(AsyncPageable<OrchestrationMetadata> found, CancellationToken cancellationToken)
    {
        await foreach (var page in found.AsPages().WithCancellation(cancellationToken))
        {
            return page;
        }

        return new Page<OrchestrationMetadata>([]);
    }
}
