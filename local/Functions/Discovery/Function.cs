using System.Collections.Immutable;
using EventFunctions.Local.Functions.Binding;
using EventFunctions.Local.Functions.Invocation;
using EventFunctions.Local.Functions.Retry;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Local.Functions.Discovery;

/// <summary>Runs the method behind a function; the instance is null for a static one.</summary>
internal delegate Task<object?> CompiledMethod(object? instance, object?[] arguments);

/// <summary>A function of the app, with everything that can be worked out once.</summary>
internal sealed record Function(
    string Name,
    Trigger Trigger,
    FunctionDefinition Definition,
    ImmutableArray<BoundParameter> Parameters,
    ImmutableArray<OutputProperty> Outputs,
    CompiledMethod Invoke,
    Func<IServiceProvider, object>? CreateInstance,
    RetryPolicy? Retry);

/// <summary>A parameter and where its value comes from.</summary>
internal sealed record BoundParameter(string Name, ParameterBinder Bind);

/// <summary>A property of the result that goes to an output binding.</summary>
internal sealed record OutputProperty(string Name, string BindingType, Func<object, object?> Get)
{
    public OutputSlot Read(object? result) => new(Name, BindingType, result is null ? null : Get(result));
}
