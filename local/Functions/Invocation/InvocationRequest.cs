using System.Collections.ObjectModel;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Local.Functions.Invocation;

/// <summary>An invocation as a trigger asks for it.</summary>
/// <param name="Input">What started it.</param>
internal sealed record InvocationRequest(TriggerInput Input)
{
    /// <summary>Metadata by name, without regard to case.</summary>
    public Func<IReadOnlyDictionary<string, object?>> BindingData { get; init; } = static () => ReadOnlyDictionary<string, object?>.Empty;

    /// <summary>The trace that the work belongs to, where its origin said so.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The vendor part of that trace's context.</summary>
    public string? TraceState { get; init; }

    /// <summary>The state of the retry policy; null where there is none.</summary>
    public RetryContext? Retry { get; init; }
}
