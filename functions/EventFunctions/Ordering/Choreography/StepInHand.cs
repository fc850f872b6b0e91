using EventFunctions.Ordering.Saga;

namespace EventFunctions.Ordering.Choreography;

/// <summary>The step that a handler is taking.</summary>
/// <param name="trace">Whose step it is.</param>
/// <param name="name">Its name, one of <see cref="OrderSteps"/>.</param>
public sealed class StepInHand(SagaTrace trace, string name)
{
    /// <summary>Whose step it is.</summary>
    public SagaTrace Trace { get; } = trace;

    /// <summary>Its name; a handler that takes several steps says which it has come to, for that is the one that fails.</summary>
    public string Name { get; set; } = name;

    /// <summary>What the step is told.</summary>
    public SagaStep Input => new(Trace, Name);
}
