using EventFunctions.Local.Functions.Invocation;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>The results of an invocation, for middleware.</summary>
public static class FunctionContextBindingFeatureExtensions
{
    /// <summary>Returns the result, to be read or replaced after the rest of the pipeline has run.</summary>
    /// <exception cref="InvalidOperationException">The value is of another type.</exception>
    public static InvocationResult<T> GetInvocationResult<T>(this FunctionContext context) =>
        new TypedInvocationResult<T>(InvocationOutcome.Of(context));

    /// <summary>Returns the result, to be read or replaced after the rest of the pipeline has run.</summary>
    public static InvocationResult GetInvocationResult(this FunctionContext context) =>
        new UntypedInvocationResult(InvocationOutcome.Of(context));

    /// <summary>Returns what the function hands to its output bindings, as far as the values are of the type.</summary>
    public static IEnumerable<OutputBindingData<T>> GetOutputBindings<T>(this FunctionContext context) =>
        InvocationOutcome.Of(context).Outputs
            .Where(output => output.Value is T or null)
            .Select(output => new TypedOutputBindingData<T>(output));
}
