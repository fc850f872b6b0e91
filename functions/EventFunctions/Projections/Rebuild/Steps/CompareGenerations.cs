using EventFunctions.EventSourcing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Projections.Rebuild.Steps;

/// <summary>Compares the new generation to the one that serves.</summary>
/// <param name="comparer">Does it.</param>
public sealed class CompareGenerations(GenerationComparer comparer)
{
    /// <summary>Goes on with the comparison.</summary>
    [Function(nameof(CompareGenerations))]
    public Task<GenerationComparison> RunAsync([ActivityTrigger] CompareRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.IsSecondLook
            ? comparer.LookAgainAsync(request.Serving, request.Building, request.Comparison, cancellationToken)
            : comparer.RunAsync(request.Projection, request.Serving, request.Building, request.Comparison, request.MaxViews, cancellationToken);
    }
}
