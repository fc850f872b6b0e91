namespace EventFunctions.EventSourcing;

/// <summary>Notes what a projection handles and what fails. It asks no store.</summary>
/// <param name="projection">The projection's name.</param>
/// <param name="inner">Handles the events.</param>
/// <param name="activity">Gets what is seen.</param>
public sealed class ObservedHandler(string projection, IEventHandler inner, ProjectionActivity activity) : IEventHandler
{
    /// <inheritdoc/>
    public async Task<ProjectionOutcome> HandleAsync(EventEnvelope envelope, CancellationToken cancellationToken = default)
    {
        try
        {
            var outcome = await inner.HandleAsync(envelope, cancellationToken);
            activity.Handled(projection, envelope);
            return outcome;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            activity.Failed(projection, exception);
            throw;
        }
    }
}
