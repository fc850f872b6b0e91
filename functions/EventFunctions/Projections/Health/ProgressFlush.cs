using EventFunctions.EventSourcing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Projections.Health;

/// <summary>
/// Adds what this instance has seen of the projections to what is kept for all, every few seconds and when the app stops. A
/// projection that handled nothing costs nothing, and one that handled much costs one read and one write.
/// </summary>
/// <remarks>A timer trigger would not do: of all instances it runs in one, and each knows only what it has seen itself.</remarks>
/// <param name="projections">The projections.</param>
/// <param name="activity">What this instance has seen.</param>
/// <param name="log">What is kept.</param>
/// <param name="interval">How long between two rounds.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="logger">Gets what could not be kept; it is tried again with the next round.</param>
public sealed class ProgressFlush(
    IEnumerable<IProjectionDefinition> projections,
    ProjectionActivity activity,
    ProjectionProgressLog log,
    TimeSpan interval,
    TimeProvider timeProvider,
    ILogger<ProgressFlush> logger) : BackgroundService
{
    /// <summary>How long the last round may hold up a stop.</summary>
    private static readonly TimeSpan LastRound = TimeSpan.FromSeconds(5);

    private readonly IReadOnlyList<string> _names = [.. projections.Select(p => p.Name)];
    private readonly Dictionary<string, ProjectionProgress> _kept = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var timeout = new CancellationTokenSource(LastRound, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        await FlushAsync(linked.Token);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, timeProvider);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await FlushAsync(stoppingToken);
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        foreach (var name in _names)
        {
            var seen = activity.Of(name);
            if (seen == _kept.GetValueOrDefault(name, ProjectionProgress.None))
            {
                continue;
            }

            try
            {
                await log.MergeAsync(name, seen, cancellationToken);
                _kept[name] = seen;
            }
#pragma warning disable CA1031 // Whatever it is, the app goes on without: the next round tries again.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                logger.LogWarning(exception, "What was seen of the projection {Projection} could not be kept.", name);
            }
        }
    }
}
