using System.Collections.Concurrent;

namespace EventFunctions.EventSourcing;

/// <summary>
/// The projections that follow the events as they are published. An event is applied to the generation that serves, and then
/// to those that only follow: the one a rebuild fills, and the one kept for a way back. Safe for concurrent use.
/// </summary>
public sealed class LiveProjections
{
    private readonly ProjectionSet _projections;
    private readonly ConcurrentDictionary<(string Projection, int Generation), IEventHandler> _handlers = new();
    private readonly ConcurrentDictionary<(string Projection, int Generation), IEventHandler> _serving = new();
    private readonly IViewStore _views;
    private readonly ProjectionSupervision _supervision;
    private readonly GenerationDirectory _directory;
    private readonly GenerationRegister _register;
    private readonly TimeProvider _timeProvider;

    /// <summary>Takes the projections; a generation is opened when it is first needed.</summary>
    /// <param name="projections">The projections.</param>
    /// <param name="views">Keeps their views, all generations.</param>
    /// <param name="supervision">Surrounds the handlers of the generations that serve.</param>
    /// <param name="directory">Knows which generations there are.</param>
    /// <param name="register">Is told of failures of generations that follow.</param>
    /// <param name="timeProvider">The clock.</param>
    public LiveProjections(
        ProjectionSet projections,
        IViewStore views,
        ProjectionSupervision supervision,
        GenerationDirectory directory,
        GenerationRegister register,
        TimeProvider timeProvider)
    {
        _projections = projections;
        _views = views;
        _supervision = supervision;
        _directory = directory;
        _register = register;
        _timeProvider = timeProvider;
    }

    /// <summary>Applies an event to a projection.</summary>
    /// <param name="projection">The projection's name.</param>
    /// <param name="envelope">The event.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What the serving generation did with it.</returns>
    /// <exception cref="ArgumentException">There is no such projection.</exception>
    public async Task<ProjectionOutcome> HandleAsync(string projection, EventEnvelope envelope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(projection);
        var definition = _projections.Get(projection);
        var generations = await _directory.CurrentAsync(projection, cancellationToken);
        try
        {
            return await ServingOf(definition, generations.Serving).HandleAsync(envelope, cancellationToken);
        }
        finally
        {
            // Also where the serving generation failed: what hinders it need not hinder the others.
            foreach (var generation in generations.Followers)
            {
                await FollowAsync(definition, generation, envelope, cancellationToken);
            }
        }
    }

    /// <summary>
    /// A failure here must not fail the event for readers, so it is written down for the rebuild to mend. Where not even that
    /// can be written it is thrown: the event comes again, and nothing is forgotten.
    /// </summary>
    private async Task FollowAsync(IProjectionDefinition definition, int generation, EventEnvelope envelope, CancellationToken cancellationToken)
    {
        try
        {
            await HandlerOf(definition, generation).HandleAsync(envelope, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var failure = new GenerationFailure(
                generation, envelope.Stream.Value, envelope.Version, StreamFailures.ErrorOf(exception), _timeProvider.GetUtcNow());
            await _register.ChangeAsync(definition.Name, generations => generations.Failed([failure]), cancellationToken);
        }
    }

    /// <summary>The same handler whether its generation serves or follows; what it fails by is a stall only where readers see it.</summary>
    private IEventHandler ServingOf(IProjectionDefinition definition, int generation) => _serving.GetOrAdd(
        (definition.Name, generation), _ => _supervision.Supervise(definition.Name, HandlerOf(definition, generation)));

    private IEventHandler HandlerOf(IProjectionDefinition definition, int generation) => _handlers.GetOrAdd(
        (definition.Name, generation), key => definition.Open(new GenerationViewStore(_views, key.Generation)));
}
