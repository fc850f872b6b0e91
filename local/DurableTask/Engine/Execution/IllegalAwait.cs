namespace EventFunctions.Local.DurableTask;

/// <summary>The failure of code that awaits something that isn't durable.</summary>
internal static class IllegalAwait
{
    public static InvalidOperationException Exception(string instanceId) => new(
        $"An invalid asynchronous invocation was detected in orchestration '{instanceId}': its code awaits a task that doesn't come from "
        + "its context, or goes on outside the orchestration's thread. Await only tasks of the TaskOrchestrationContext (and WhenAll/WhenAny "
        + "over them), without ConfigureAwait(false), Task.Run, Task.Delay or I/O; do the rest in activities.");
}

/// <summary>The failure of code that does not give back its thread, which on Azure ends with the time-out of the whole function app.</summary>
internal static class BlockedThread
{
    private const string Remedy =
        "Await tasks of the TaskOrchestrationContext instead of .Result, .Wait() or GetAwaiter().GetResult(), and wait with CreateTimer; "
        + "do what takes time in activities.";

    /// <summary>The code waited too long for something in particular.</summary>
    public static InvalidOperationException Exception(string instanceId, TimeSpan blocked) => new(
        $"Orchestration '{instanceId}' has blocked its thread for {blocked.TotalSeconds:0.###} s: its code waits for a task, an event or a lock, "
        + $"and what it waits for may need that very thread. {Remedy}");

    /// <summary>The code did not come back; where it is can't be seen from outside.</summary>
    public static TimeoutException NotBack(string instanceId, TimeSpan elapsed) => new(
        $"The code of orchestration '{instanceId}' has not given back its thread for {elapsed.TotalSeconds:0.###} s: it sleeps, loops, or is in a "
        + $"call that does not return. The thread is lost until it does. {Remedy}");
}
