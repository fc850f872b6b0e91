using EventFunctions.Local.DurableTask;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace EventFunctions.Local.Functions.Invocation;

/// <summary>What started an invocation.</summary>
internal abstract partial record TriggerInput
{
    private TriggerInput()
    {
    }

    public sealed record Http(HttpContext Context) : TriggerInput;

    /// <param name="Json">The changed documents as a JSON array.</param>
    public sealed record Documents(BinaryData Json) : TriggerInput;

    public sealed record Timer(TimerInfo Info) : TriggerInput;

    public sealed record Orchestration(TaskOrchestrationContext Context) : TriggerInput;

    public sealed record Activity(ActivityInvocation Invocation) : TriggerInput;
}
