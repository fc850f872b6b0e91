using EventFunctions.Local.DurableTask;
using EventFunctions.Local.Functions.Binding;
using EventFunctions.Local.Functions.Invocation;
using Microsoft.DurableTask;

namespace EventFunctions.Local.Functions.Durable;

/// <summary>What an activity that is a class is told about its call.</summary>
internal sealed class ClassActivityContext(string name, ActivityInvocation invocation) : TaskActivityContext
{
    public override TaskName Name => name;

    public override string InstanceId => invocation.InstanceId;

    /// <summary>Binds the context of calls of an activity.</summary>
    public static ParameterBinder Bind(string name) => (_, input) => new(new ClassActivityContext(name, ((TriggerInput.Activity)input).Invocation));
}
