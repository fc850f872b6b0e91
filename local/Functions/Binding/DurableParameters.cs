using System.Reflection;
using EventFunctions.Local.Functions.Invocation;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace EventFunctions.Local.Functions.Binding;

/// <summary>Binds the parameters of orchestrators and activities.</summary>
internal static class DurableParameters
{
    public static ParameterBinder? Orchestration(ParameterInfo parameter, bool isTrigger) =>
        parameter.ParameterType == typeof(TaskOrchestrationContext)
            ? static (_, input) => new(((TriggerInput.Orchestration)input).Context)
            : null;

    /// <summary>The first parameter that nothing else binds gets the orchestration's input.</summary>
    public static ParameterRule OrchestrationInput(IReadOnlyList<ParameterInfo> parameters)
    {
        var target = parameters.FirstOrDefault(parameter =>
            parameter.ParameterType != typeof(TaskOrchestrationContext)
            && parameter.ParameterType != typeof(FunctionContext)
            && parameter.ParameterType != typeof(CancellationToken));
        return (parameter, isTrigger) => isTrigger || parameter != target ? null : Input(parameter);
    }

    /// <summary>Gives a parameter the orchestration's input.</summary>
    public static ParameterBinder Input(ParameterInfo parameter)
    {
        var read = typeof(DurableParameters).GetMethod(nameof(ReadInput), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(parameter.ParameterType).CreateDelegate<Func<TaskOrchestrationContext, object?>>();
        return (_, input) => new(read(((TriggerInput.Orchestration)input).Context));
    }

    public static ParameterBinder? Activity(ParameterInfo parameter, bool isTrigger)
    {
        if (!isTrigger)
        {
            return null;
        }

        var (name, type) = (parameter.Name!, parameter.ParameterType);
        var missing = type.IsValueType ? Activator.CreateInstance(type) : null;
        return (context, input) => new(((TriggerInput.Activity)input).Invocation.SerializedInput is { } json
            ? JsonValues.Read(context, BinaryData.FromString(json), type, name)
            : missing);
    }

    private static object? ReadInput<T>(TaskOrchestrationContext context) => context.GetInput<T>();
}
