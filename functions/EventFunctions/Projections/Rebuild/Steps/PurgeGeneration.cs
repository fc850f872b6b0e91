using EventFunctions.EventSourcing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Projections.Rebuild.Steps;

/// <summary>Deletes views of a retired generation.</summary>
/// <param name="purge">Does it.</param>
/// <param name="register">Forgets the generation.</param>
public sealed class PurgeGeneration(GenerationPurge purge, GenerationRegister register)
{
    /// <summary>Deletes some views.</summary>
    /// <returns>How many; 0 when none were left.</returns>
    [Function(nameof(PurgeGeneration))]
    public async Task<int> RunAsync([ActivityTrigger] PurgeRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var deleted = await purge.RunAsync(request.Projection, request.Generation, request.MaxViews, cancellationToken);
        if (deleted == 0 && request.IsLast)
        {
            await register.ChangeAsync(request.Projection, g => g.Purged(request.Generation), cancellationToken);
        }

        return deleted;
    }
}
