using System.Text.Json.Nodes;

namespace EventFunctions.Local.Functions.Durable.Management;

/// <summary>
/// A history as status queries show it: a call and its answer are one event, which has the name of what was called and when, and the
/// framework's own bookkeeping is left out. Inputs are told as they are stored, results as JSON.
/// </summary>
internal static class HistoryJson
{
    /// <param name="raw">The history with everything in it; its events are taken over.</param>
    /// <param name="showInput">Whether inputs are told.</param>
    /// <param name="showOutput">Whether results are told.</param>
    public static JsonArray Of(JsonArray raw, bool showInput, bool showOutput)
    {
        var shown = new List<JsonObject>(raw.Count);
        var calls = new Dictionary<int, JsonObject>();
        var answered = new HashSet<JsonObject>();
        foreach (var happened in raw.OfType<JsonObject>())
        {
            switch (Text(happened, "EventType"))
            {
                case "OrchestratorStarted":
                    continue;
                case "TaskScheduled" or "SubOrchestrationInstanceCreated":
                    calls[happened["EventId"]!.GetValue<int>()] = happened;
                    break;
                case "TaskCompleted" or "TaskFailed" or "SubOrchestrationInstanceCompleted" or "SubOrchestrationInstanceFailed":
                    if (calls.Remove(happened["TaskScheduledId"]!.GetValue<int>(), out var call))
                    {
                        Join(happened, call, showInput);
                        answered.Add(call);
                    }

                    break;
                case "ExecutionStarted":
                    happened["FunctionName"] = Text(happened, "Name");
                    happened.Remove("Name");
                    break;
            }

            if (Text(happened, "EventType") is not "TaskFailed" and not "SubOrchestrationInstanceFailed")
            {
                ShowResult(happened, showOutput);
            }

            shown.Add(happened);
        }

        raw.Clear();
        return new JsonArray([.. shown.Where(happened => !answered.Contains(happened)).Select(happened => Bare(happened, showInput))]);
    }

    private static void Join(JsonObject answer, JsonObject call, bool showInput)
    {
        answer["ScheduledTime"] = Text(call, "Timestamp");
        answer["FunctionName"] = Text(call, "Name");
        if (showInput)
        {
            answer["Input"] = Text(call, "Input");
        }
    }

    private static void ShowResult(JsonObject happened, bool showOutput)
    {
        if (!happened.ContainsKey("Result"))
        {
            return;
        }

        var result = Text(happened, "Result");
        happened.Remove("Result");
        if (showOutput)
        {
            happened["Result"] = StatusJson.Payload(result);
        }
    }

    private static JsonObject Bare(JsonObject happened, bool showInput)
    {
        foreach (var name in new[] { "EventId", "TaskScheduledId", "TimerId", "Version", "Tags", "OrchestrationInstance", "ParentInstance" })
        {
            happened.Remove(name);
        }

        if (!showInput)
        {
            happened.Remove("Input");
        }

        return happened;
    }

    private static string? Text(JsonObject happened, string name) => happened[name]?.GetValue<string>();
}
