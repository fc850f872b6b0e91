using System.Reflection;
using EventFunctions.Local.Functions.Invocation;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace EventFunctions.Local.Functions.Binding;

/// <summary>Binds what a timer function learns of its schedule.</summary>
internal static class TimerParameters
{
    public static ParameterBinder? Trigger(ParameterInfo parameter, bool isTrigger)
    {
        if (!isTrigger)
        {
            return null;
        }

        if (parameter.ParameterType == typeof(TimerInfo))
        {
            return static (_, input) => new(((TriggerInput.Timer)input).Info);
        }

        return parameter.ParameterType == typeof(string)
            ? static (context, input) => new(
                WorkerSerializer.Of(context).Serialize(((TriggerInput.Timer)input).Info, typeof(TimerInfo)).ToString())
            : null;
    }
}
