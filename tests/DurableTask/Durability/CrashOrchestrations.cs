using Microsoft.DurableTask;

namespace EventFunctions.Local.DurableTask.Tests.Durability;

/// <summary>
/// Orchestrations whose output tells which activities they called and with which result. Every result is drawn anew by each run of an
/// activity, so that one which was recorded and lost could not be mistaken for another.
/// </summary>
internal static class CrashOrchestrations
{
    public const int Events = 3;

    private const int Steps = 4, Generations = 3, Children = 2;

    /// <summary>The orchestrations that are started, by name.</summary>
    public static IReadOnlyList<string> Names { get; } = ["Sequence", "FanOut", "Sleep", "Wait", "Family", "Again", "Retry"];

    /// <summary>The keys of the results that an instance ends with, in order.</summary>
    public static IReadOnlyList<string> Expected(string instanceId) => NameOf(instanceId) switch
    {
        "Sequence" or "FanOut" or "Sleep" => [.. Range(Steps).Select(i => $"{instanceId}/{i}")],
        "Wait" => [.. Range(Events).Select(i => $"{instanceId}/event{i}"), $"{instanceId}/0"],
        "Family" => [.. Range(Children).SelectMany(c => new[] { $"{instanceId}-{c}/0", $"{instanceId}-{c}/1" })],
        "Again" => [.. Range(Generations).SelectMany(g => new[] { $"{instanceId}/{g}.0", $"{instanceId}/{g}.1" })],
        "Child" => [$"{instanceId}/0", $"{instanceId}/1"],
        _ => [$"{instanceId}/0"],
    };

    public static string NameOf(string instanceId) => instanceId.Count(c => c == '-') > 2 ? "Child" : instanceId[..instanceId.IndexOf('-')];

    public static void Define(TestDispatcher code)
    {
        code.Orchestrator("Sequence", async context =>
        {
            var results = new List<string>();
            for (var i = 0; i < Steps; i++)
            {
                results.Add(await StepAsync(context, $"{i}"));
            }

            return results;
        });
        code.Orchestrator("FanOut", async context => await Task.WhenAll(Range(Steps).Select(i => StepAsync(context, $"{i}"))));
        code.Orchestrator("Sleep", SleepAsync);
        code.Orchestrator("Wait", async context =>
        {
            var results = new List<string>();
            for (var i = 0; i < Events; i++)
            {
                results.Add(await context.WaitForExternalEvent<string>($"event{i}"));
            }

            results.Add(await StepAsync(context, "0"));
            return results;
        });
        code.Orchestrator("Family", async context =>
        {
            var children = Range(Children).Select(c => context.CallSubOrchestratorAsync<string[]>(
                "Child", null, new SubOrchestrationOptions(instanceId: $"{context.InstanceId}-{c}")));
            return (await Task.WhenAll(children)).SelectMany(r => r).ToList();
        });
        code.Orchestrator("Child", async context => new[] { await StepAsync(context, "0"), await StepAsync(context, "1") });
        code.Orchestrator("Again", AgainAsync);
        code.Orchestrator("Retry", async context =>
        {
            var retry = TaskOptions.FromRetryPolicy(new RetryPolicy(100, TimeSpan.FromMilliseconds(1)));
            return new[] { await context.CallActivityAsync<string>("Flaky", $"{context.InstanceId}/0", retry) };
        });
    }

    private static async Task<object?> SleepAsync(TaskOrchestrationContext context)
    {
        var results = new List<string>();
        for (var i = 0; i < Steps; i++)
        {
            var until = context.CurrentUtcDateTime.AddMilliseconds(5 * i);
            await context.CreateTimer(until, CancellationToken.None);
            if (context.CurrentUtcDateTime < until)
            {
                throw new InvalidOperationException("The timer fired too early.");
            }

            results.Add(await StepAsync(context, $"{i}"));
        }

        return results;
    }

    private static async Task<object?> AgainAsync(TaskOrchestrationContext context)
    {
        var results = context.GetInput<List<string>>() ?? [];
        var generation = results.Count / 2;
        results.Add(await StepAsync(context, $"{generation}.0"));
        results.Add(await StepAsync(context, $"{generation}.1"));
        if (generation + 1 < Generations)
        {
            context.ContinueAsNew(results);
        }

        return results;
    }

    private static Task<string> StepAsync(TaskOrchestrationContext context, string step) =>
        context.CallActivityAsync<string>("Step", $"{context.InstanceId}/{step}");

    private static IEnumerable<int> Range(int count) => Enumerable.Range(0, count);
}
