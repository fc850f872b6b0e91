using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace EventFunctions.Local.Functions.Durable.Management;

/// <summary>Tells where an instance is observed and steered: 202, as the pattern of asynchronous requests has it.</summary>
internal sealed class CheckStatus(string query)
{
    /// <summary>The service's hint at when to ask.</summary>
    private const int RetryAfterSeconds = 10;

    /// <summary>The answer to whoever started an instance.</summary>
    public IResult Answer(HttpContext http, string instanceId)
    {
        var host = ManagementAddress.SeenBy(
            new Uri(http.Request.GetEncodedUrl()), name => http.Request.Headers.TryGetValue(name, out var values) ? values.ToString() : null);
        var address = ManagementAddress.OfInstance(host, instanceId);
        var status = $"{address}?{query}";
        http.Response.Headers.Location = status;
        http.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return ManagementAnswers.Json(
            new JsonObject
            {
                ["id"] = instanceId,
                ["statusQueryGetUri"] = status,
                ["sendEventPostUri"] = $"{address}/raiseEvent/{{eventName}}?{query}",
                ["terminatePostUri"] = $"{address}/terminate?reason={{text}}&{query}",
                ["rewindPostUri"] = $"{address}/rewind?reason={{text}}&{query}",
                ["purgeHistoryDeleteUri"] = status,
                ["restartPostUri"] = $"{address}/restart?{query}",
                ["suspendPostUri"] = $"{address}/suspend?reason={{text}}&{query}",
                ["resumePostUri"] = $"{address}/resume?reason={{text}}&{query}",
            },
            StatusCodes.Status202Accepted);
    }
}
