namespace Microsoft.DurableTask;

/// <summary>Names a class that is an orchestrator or an activity.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class DurableTaskAttribute : Attribute
{
    /// <summary>Names the task; without a name it is called as its class.</summary>
#pragma warning disable CA1019 // The real constructor takes a string and shows it as a TaskName.
    public DurableTaskAttribute(string? name = null) => Name = name is null ? default : new TaskName(name);
#pragma warning restore CA1019

    /// <summary>The task's name; the empty name stands for the class's.</summary>
    public TaskName Name { get; }

    /// <summary>The task's version.</summary>
    public string? Version { get; set; }
}
