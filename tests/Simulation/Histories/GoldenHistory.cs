using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventFunctions.Local.DurableTask;
using EventFunctions.Local.Functions.Durable.Management;
using EventFunctions.Tests.Support;

namespace EventFunctions.Tests.Simulation;

/// <summary>A history that is kept: what an instance did once, which the code has to be able to go on from.</summary>
/// <param name="path">The file.</param>
internal sealed class GoldenHistory(string path)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Where they are kept, in the source tree.</summary>
    public static string Folder { get; } = Path.Combine(RepositoryRoot.Path, "tests", "Simulation", "Histories", "Kept");

    /// <summary>All that are kept.</summary>
    public static IReadOnlyList<GoldenHistory> All => Directory.Exists(Folder)
        ? [.. Directory.EnumerateFiles(Folder, "*.json").Order(StringComparer.Ordinal).Select(file => new GoldenHistory(file))]
        : [];

    /// <summary>The file's name, without what every file's name ends in.</summary>
    public string Name { get; } = Path.GetFileNameWithoutExtension(path);

    /// <summary>The history with ids, versions and episodes.</summary>
    public JsonObject Read() => JsonNode.Parse(File.ReadAllText(path))!.AsObject();

    /// <summary>The same as the management API on Azure would export it.</summary>
    public static JsonObject AsExported(JsonObject whole)
    {
        var exported = whole.DeepClone().AsObject();
        var events = exported["historyEvents"]!.AsArray();
        exported["historyEvents"] = HistoryJson.Of(events, showInput: true, showOutput: true);
        return exported;
    }

    /// <summary>The instance as a replay takes it.</summary>
    public static RecordedInstance Parse(JsonObject history) => RecordedInstanceReader.Read(JsonSerializer.SerializeToUtf8Bytes(history));

    /// <summary>
    /// Keeps a history, unless one is kept by the name: code that has changed would make another, and the one that is kept tells what
    /// instances of its version have done.
    /// </summary>
    public static void Keep(string name, InstanceState state, IReadOnlyList<HistoryEvent> history)
    {
        var path = Path.Combine(Folder, $"{name}.json");
        if (File.Exists(path))
        {
            return;
        }

        var events = RawHistory.Of(state.InstanceId, history).Select(happened => Clean(happened!.AsObject()).ToJsonString(Plain));
        Directory.CreateDirectory(Folder);
        File.WriteAllText(
            path,
            $$"""
            {
              "name": "{{state.Started.Name}}",
              "instanceId": "{{state.InstanceId}}",
              "runtimeStatus": "{{state.Status}}",
              "historyEvents": [
                {{string.Join(",\n    ", events)}}
              ]
            }

            """.ReplaceLineEndings("\n"));
    }

    public override string ToString() => Name;

    /// <summary>Without what would be another with each run: ids of executions, and where an exception was thrown.</summary>
    private static JsonObject Clean(JsonObject happened)
    {
        happened.Remove("OrchestrationInstance");
        happened.Remove("ParentInstance");
        happened.Remove("Details");
        for (var failure = happened["FailureDetails"] as JsonObject; failure is not null; failure = failure["InnerFailure"] as JsonObject)
        {
            failure.Remove("StackTrace");
        }

        return happened;
    }
}
