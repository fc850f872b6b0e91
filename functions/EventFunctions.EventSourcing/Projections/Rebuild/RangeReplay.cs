namespace EventFunctions.EventSourcing;

/// <summary>Takes a generation of a projection forward along one range of the feed.</summary>
/// <param name="feed">Has the events.</param>
/// <param name="register">Is told of the streams that fail.</param>
/// <param name="views">Keeps all generations.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class RangeReplay(IEventFeed feed, GenerationRegister register, IViewStore views, TimeProvider timeProvider)
{
    /// <summary>
    /// Reads up to about so many events and applies them in one go: the more there are, the more of them fall on one view,
    /// which is written once. To run it again from the same continuation changes nothing.
    /// </summary>
    /// <param name="definition">The projection.</param>
    /// <param name="generation">The generation to fill.</param>
    /// <param name="range">The range of the feed.</param>
    /// <param name="continuation">Where the step before ended; <see langword="null"/> for the first.</param>
    /// <param name="maxEvents">1 or more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<RangeStep> RunAsync(
        IProjectionDefinition definition, int generation, string range, string? continuation, int maxEvents, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxEvents, 1);
        var events = new List<EventEnvelope>();
        var failures = new List<StreamFailure>();
        EventFeedPage page;
        do
        {
            page = await feed.ReadAsync(new EventFeedRequest(range, continuation, maxEvents - events.Count, definition.Categories), cancellationToken);
            events.AddRange(page.Events);
            failures.AddRange(page.Unreadable);
            continuation = page.Continuation;
        }
        while (!page.IsCaughtUp && events.Count < maxEvents);

        var applied = await definition.OpenReplay(new GenerationViewStore(views, generation)).ApplyAsync(events, cancellationToken);
        failures.AddRange(applied.Failures);
        if (failures.Count > 0)
        {
            var noted = failures.Select(f => new GenerationFailure(generation, f.Stream, f.Version, f.Error, timeProvider.GetUtcNow())).ToList();
            await register.ChangeAsync(definition.Name, generations => generations.Failed(noted), cancellationToken);
        }

        var times = events.Select(e => (DateTimeOffset?)e.Time).ToList();
        return new RangeStep(continuation, page.IsCaughtUp, events.Count, applied.ViewsWritten, times.Min(), times.Max());
    }
}

/// <summary>How far a step came.</summary>
/// <param name="Continuation">Where the next step begins.</param>
/// <param name="IsCaughtUp">Whether there was nothing more to read.</param>
/// <param name="EventsRead">How many events were applied.</param>
/// <param name="ViewsWritten">How many writes that took.</param>
/// <param name="ReadFrom">The time of the oldest event, if there was one.</param>
/// <param name="ReadTo">The time of the newest event, if there was one.</param>
public sealed record RangeStep(
    string Continuation, bool IsCaughtUp, int EventsRead, int ViewsWritten, DateTimeOffset? ReadFrom, DateTimeOffset? ReadTo);
