using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace EventFunctions.Local.Functions.Tests.Management;

/// <summary>What the tests of the management API run.</summary>
public sealed class ManagedOrchestrations(ManagedOrchestrations.Luck luck)
{
    [Function("Greets")]
    public static async Task<string[]> Greets([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var greetings = new List<string>();
        foreach (var name in context.GetInput<string[]>() ?? [])
        {
            greetings.Add(await context.CallActivityAsync<string>("Greet", name));
        }

        return [.. greetings];
    }

    [Function("Greet")]
    public static string Greet([ActivityTrigger] string name) => $"Hello {name}!";

    [Function("Waits")]
    public static async Task<object?> Waits([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        context.SetCustomStatus(new { waitsFor = "go" });
        return await context.WaitForExternalEvent<System.Text.Json.JsonElement>("go");
    }

    [Function("Echoes")]
    public static object? Echoes([OrchestrationTrigger] TaskOrchestrationContext context) => context.GetInput<System.Text.Json.JsonElement?>();

    [Function("Versions")]
    public static string Versions([OrchestrationTrigger] TaskOrchestrationContext context) => context.Version;

    [Function("Breaks")]
    public static string Breaks([OrchestrationTrigger] TaskOrchestrationContext context) => throw new InvalidOperationException("no way");

    [Function("Dares")]
    public static Task<string> Dares([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync<string>("Dare", "all");

    [Function("Dare")]
    public async Task<string> Dare([ActivityTrigger] string stake)
    {
        await (luck.Holds?.Task ?? Task.CompletedTask);
        return luck.IsOut ? throw new InvalidOperationException("no luck") : $"won {stake}";
    }

    [Function("Sleeps")]
    public static async Task<string> Sleeps([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
        return "awake";
    }

    [Function("Delegates")]
    public static Task<string[]> Delegates([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallSubOrchestratorAsync<string[]>("Greets", new[] { "Ada" }, new SubOrchestrationOptions(instanceId: "child"));

    [Function("CountsItsStarts")]
    public async Task<int> CountsItsStarts([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        luck.Starts++;
        for (var i = 0; i < context.GetInput<int>(); i++)
        {
            await context.CallActivityAsync<string>("Greet", "x");
        }

        return context.GetInput<int>();
    }

    /// <summary>Whether activities have it.</summary>
    public sealed class Luck
    {
        public bool IsOut { get; set; }

        /// <summary>How often an orchestrator was run from its start.</summary>
        public int Starts { get; set; }

        /// <summary>What an activity waits for.</summary>
        public TaskCompletionSource? Holds { get; set; }
    }
}
