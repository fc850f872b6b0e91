using Newtonsoft.Json;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>The addresses under which an orchestration instance is observed and steered over HTTP.</summary>
public class HttpManagementPayload
{
    internal HttpManagementPayload(string instanceId, string address, string query)
    {
        Id = instanceId;
        StatusQueryGetUri = PurgeHistoryDeleteUri = $"{address}{Joined("?", query)}";
        SendEventPostUri = $"{address}/raiseEvent/{{eventName}}{Joined("?", query)}";
        TerminatePostUri = $"{address}/terminate?reason={{{{text}}}}{Joined("&", query)}";
        SuspendPostUri = $"{address}/suspend?reason={{{{text}}}}{Joined("&", query)}";
        ResumePostUri = $"{address}/resume?reason={{{{text}}}}{Joined("&", query)}";
        RestartPostUri = $"{address}/restart{Joined("?", query)}";
    }

    /// <summary>The instance.</summary>
    [JsonProperty("id")]
    public string? Id { get; }

    /// <summary>GET: the status.</summary>
    [JsonProperty("statusQueryGetUri")]
    public string? StatusQueryGetUri { get; }

    /// <summary>POST: raises an event; <c>{eventName}</c> stands for its name.</summary>
    [JsonProperty("sendEventPostUri")]
    public string? SendEventPostUri { get; }

    /// <summary>POST: terminates the instance; <c>{{text}}</c> stands for the reason.</summary>
    [JsonProperty("terminatePostUri")]
    public string? TerminatePostUri { get; }

    /// <summary>Not offered by the worker.</summary>
    [JsonProperty("rewindPostUri")]
    public string? RewindPostUri { get; }

    /// <summary>DELETE: purges the instance's history.</summary>
    [JsonProperty("purgeHistoryDeleteUri")]
    public string? PurgeHistoryDeleteUri { get; }

    /// <summary>POST: restarts the instance.</summary>
    [JsonProperty("restartPostUri")]
    public string? RestartPostUri { get; }

    /// <summary>POST: suspends the instance; <c>{{text}}</c> stands for the reason.</summary>
    [JsonProperty("suspendPostUri")]
    public string? SuspendPostUri { get; }

    /// <summary>POST: resumes the instance; <c>{{text}}</c> stands for the reason.</summary>
    [JsonProperty("resumePostUri")]
    public string? ResumePostUri { get; }

    private static string Joined(string separator, string query) => query.Length == 0 ? string.Empty : separator + query;
}
