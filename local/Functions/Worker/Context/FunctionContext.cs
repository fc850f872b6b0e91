namespace Microsoft.Azure.Functions.Worker;

/// <summary>One invocation of a function, as middleware and the function itself see it.</summary>
public abstract class FunctionContext
{
    /// <summary>Identifies the invocation.</summary>
    public abstract string InvocationId { get; }

    /// <summary>Identifies the function within the app.</summary>
    public abstract string FunctionId { get; }

    /// <summary>The W3C trace context the invocation runs in.</summary>
    public abstract TraceContext TraceContext { get; }

    /// <summary>What the trigger knows beside its value.</summary>
    public abstract BindingContext BindingContext { get; }

    /// <summary>The state of the function's retry policy; null where the function has none, in spite of its type.</summary>
    public abstract RetryContext RetryContext { get; }

    /// <summary>The services of the invocation's own scope, which ends with it.</summary>
    public abstract IServiceProvider InstanceServices { get; set; }

    /// <summary>The function that is invoked.</summary>
    public abstract FunctionDefinition FunctionDefinition { get; }

    /// <summary>Values that the parts of one invocation hand to each other.</summary>
    public abstract IDictionary<object, object> Items { get; set; }

    /// <summary>The invocation's features, by type.</summary>
    public abstract IInvocationFeatures Features { get; }

    /// <summary>Signalled when the invocation should end: the host stops, or the HTTP client has gone.</summary>
    public virtual CancellationToken CancellationToken { get; } = CancellationToken.None;
}
