namespace EventFunctions.EventSourcing;

/// <summary>Keeps which generations each projection has: one small item per projection in the view store, changed under its token.</summary>
/// <param name="views">The store.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class GenerationRegister(IViewStore views, TimeProvider timeProvider)
{
    /// <summary>The stored kind of the items.</summary>
    public const string Kind = "projection-generations";

    /// <summary>How often a change is tried again because another came first.</summary>
    public const int MaxAttempts = 10;

    /// <summary>The generations as they are now.</summary>
    public async Task<ProjectionGenerations> LoadAsync(string projection, CancellationToken cancellationToken = default) =>
        (await FindAsync(projection, cancellationToken))?.Current.View ?? ProjectionGenerations.Initial;

    /// <summary>Changes the generations in one step; a change that changes nothing writes nothing.</summary>
    /// <param name="projection">The projection's name.</param>
    /// <param name="change">Pure; it may be asked more than once.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The generations after the change.</returns>
    /// <exception cref="GenerationsContendedException">Other writers won every attempt; nothing was written.</exception>
    public async Task<ProjectionGenerations> ChangeAsync(
        string projection, Func<ProjectionGenerations, ProjectionGenerations> change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var stored = await FindAsync(projection, cancellationToken);
            var before = stored?.Current.View ?? ProjectionGenerations.Initial;
            var after = change(before);
            if (after.Equals(before))
            {
                return before;
            }

            var now = timeProvider.GetUtcNow();
            var next = new VersionedView<ProjectionGenerations>(after, (stored?.Current.Version ?? 0) + 1, stored?.Current.Since ?? now, now);
            if (await views.SaveAsync(KeyOf(projection), Kind, next, stored?.ETag, cancellationToken) is not null)
            {
                return after;
            }
        }

        throw new GenerationsContendedException(projection, MaxAttempts);
    }

    private static ViewKey KeyOf(string projection) => new($"projection-{projection}", "generations");

    private Task<StoredView<ProjectionGenerations>?> FindAsync(string projection, CancellationToken cancellationToken) =>
        views.FindAsync<ProjectionGenerations>(KeyOf(projection), cancellationToken);
}

/// <summary>Other writers changed the generations of a projection in every attempt. Nothing was written; trying again later helps.</summary>
/// <param name="projection">The projection's name.</param>
/// <param name="attempts">How many attempts were made.</param>
public sealed class GenerationsContendedException(string projection, int attempts)
    : Exception($"The generations of projection '{projection}' were changed by others in each of {attempts} attempts.");
