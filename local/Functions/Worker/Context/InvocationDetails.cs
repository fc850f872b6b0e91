using System.Collections.ObjectModel;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a trigger knows beside its value.</summary>
public abstract class BindingContext
{
    /// <summary>Trigger metadata by name, e.g. route values or a message's <c>DeliveryCount</c>.</summary>
    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}

/// <summary>The state of a function's retry policy.</summary>
public abstract class RetryContext
{
    /// <summary>How often this work was repeated; 0 on the first try.</summary>
    public abstract int RetryCount { get; }

    /// <summary>How often it will be repeated at most; -1 is without limit.</summary>
    public abstract int MaxRetryCount { get; }
}

/// <summary>The W3C trace context of an invocation.</summary>
public abstract class TraceContext
{
    /// <summary>The <c>traceparent</c> of the invocation.</summary>
    public abstract string TraceParent { get; }

    /// <summary>The <c>tracestate</c> of the invocation.</summary>
    public abstract string TraceState { get; }

    /// <summary>Attributes of the trace.</summary>
    public virtual IReadOnlyDictionary<string, string> Attributes { get; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>W3C baggage of the trace.</summary>
    public virtual IReadOnlyDictionary<string, string> Baggage { get; } = ReadOnlyDictionary<string, string>.Empty;
}

/// <summary>An invocation's features, by type.</summary>
public interface IInvocationFeatures : IEnumerable<KeyValuePair<Type, object>>
{
    /// <summary>Puts a feature in place.</summary>
    void Set<T>(T instance);

    /// <summary>Returns a feature, or null where there is none of its type.</summary>
    T? Get<T>();
}
