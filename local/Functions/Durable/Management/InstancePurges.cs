using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.Functions.Durable.Management;

/// <summary>Deletes instances that have ended, with their histories.</summary>
internal sealed class InstancePurges(EngineOpening opening)
{
    /// <summary><c>DELETE instances/{instanceId}</c>: 412 for an instance that has not ended.</summary>
    public async Task<IResult> PurgeOneAsync(HttpContext http)
    {
        var id = http.InstanceId();
        switch (await opening.Engine.Client.GetInstanceAsync(id, http.RequestAborted))
        {
            case null:
                return ManagementAnswers.NotFound;
            case { IsCompleted: false } instance:
                return ManagementAnswers.Error(
                    StatusCodes.Status412PreconditionFailed, $"Instance '{id}' is {instance.RuntimeStatus}; only an ended one can be purged. Terminate it first.");
            default:
                var purged = await opening.Engine.Client.PurgeInstanceAsync(id, http.RequestAborted);
                return purged.PurgedInstanceCount == 0 ? ManagementAnswers.NotFound : Deleted(purged);
        }
    }

    /// <summary><c>DELETE instances</c>: those that were created from <c>createdTimeFrom</c>, which must be given, to <c>createdTimeTo</c>.</summary>
    public async Task<IResult> PurgeManyAsync(HttpContext http)
    {
        if (http.Request.Time("createdTimeFrom") is not { } from)
        {
            return ManagementAnswers.BadRequest("Please provide value for 'createdTimeFrom' parameter.");
        }

        var filter = new PurgeInstancesFilter(from, http.Request.Time("createdTimeTo"), http.Request.Statuses("runtimeStatus"));
        var purged = await opening.Engine.Client.PurgeAllInstancesAsync(filter, http.RequestAborted);
        return purged.PurgedInstanceCount == 0 ? ManagementAnswers.NotFound : Deleted(purged);
    }

    private static IResult Deleted(PurgeResult purged) =>
        ManagementAnswers.Json(new JsonObject { ["instancesDeleted"] = purged.PurgedInstanceCount });
}
