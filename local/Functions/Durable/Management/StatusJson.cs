using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.Functions.Durable.Management;

/// <summary>The state of an instance in the service's JSON.</summary>
internal static class StatusJson
{
    /// <param name="instance">The instance, with inputs and outputs.</param>
    /// <param name="showInput">Whether the input is told.</param>
    /// <param name="history">The history; left out if <see langword="null"/>.</param>
    public static JsonObject Of(OrchestrationMetadata instance, bool showInput, JsonArray? history)
    {
        var status = new JsonObject
        {
            ["name"] = instance.Name,
            ["instanceId"] = instance.InstanceId,
            ["runtimeStatus"] = instance.RuntimeStatus.ToString(),
            ["input"] = showInput ? Payload(instance.SerializedInput) : null,
            ["customStatus"] = Payload(instance.SerializedCustomStatus),
            ["output"] = instance.FailureDetails is { } failure ? failure.ToString() : Payload(instance.SerializedOutput),
            ["createdTime"] = Seconds(instance.CreatedAt),
            ["lastUpdatedTime"] = Seconds(instance.LastUpdatedAt),
        };
        if (history is not null)
        {
            status["historyEvents"] = history;
        }

        return status;
    }

    /// <summary>A payload as JSON; one that is not JSON is told as text.</summary>
    public static JsonNode? Payload(string? serialized)
    {
        if (serialized is null)
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(serialized);
        }
        catch (JsonException)
        {
            // A serializer of the app's own may write anything; the service shows such text as it is, too.
            return JsonValue.Create(serialized);
        }
    }

    /// <summary>The service tells times of instances without fractions of a second.</summary>
    private static string Seconds(DateTimeOffset time) => time.UtcDateTime.ToString("s", CultureInfo.InvariantCulture) + "Z";
}
