using EventFunctions.Infrastructure.Tests.Bicep.Syntax;

namespace EventFunctions.Infrastructure.Tests.Bicep.Evaluation;

/// <summary>An expression that comes to nothing: the compiler or Azure would refuse it.</summary>
public sealed class EvaluationException(Location at, string what) : Exception($"{at}: {what}")
{
    /// <summary>Where, and what is wrong.</summary>
    public Finding Finding { get; } = new(at, what);
}
