using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Makes a function an orchestrator; its name is the function's.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OrchestrationTriggerAttribute : TriggerBindingAttribute
{
    /// <summary>A name other than the function's.</summary>
    public string? Orchestration { get; set; }
}

/// <summary>Makes a function an activity; its name is the function's.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ActivityTriggerAttribute : TriggerBindingAttribute
{
    /// <summary>A name other than the function's.</summary>
    public string? Activity { get; set; }
}

/// <summary>Gives a parameter of type <c>DurableTaskClient</c> the client of the app's task hub.</summary>
public sealed class DurableClientAttribute : InputBindingAttribute
{
    /// <summary>The task hub; that of host.json if not given. The local runtime has one hub.</summary>
    public string? TaskHub { get; set; }

    /// <summary>The setting that holds the connection of the hub's storage; that of host.json if not given.</summary>
    public string? ConnectionName { get; set; }
}
