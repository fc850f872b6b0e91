namespace EventFunctions.EventSourcing;

/// <summary>
/// Which generations of a projection's views there are. A generation is a whole set of views; readers see the serving one,
/// and a rebuild makes a new one beside it. A number is never given twice.
/// </summary>
/// <param name="Serving">The generation that readers see.</param>
/// <param name="Newest">The highest number given so far.</param>
/// <param name="Building">The generation that a rebuild fills, if one does.</param>
/// <param name="Previous">The generation that served before, kept up to date so that a switch can be taken back.</param>
/// <param name="Retired">Generations whose views wait to be deleted.</param>
/// <param name="Failures">Streams whose events a generation that does not serve could not apply: the first failure of each, at most <see cref="MaxFailures"/>.</param>
/// <param name="FailuresNotKept">How many failures found no room.</param>
public sealed record ProjectionGenerations(
    int Serving,
    int Newest,
    int? Building,
    int? Previous,
    IReadOnlyList<int> Retired,
    IReadOnlyList<GenerationFailure> Failures,
    int FailuresNotKept)
{
    /// <summary>The number of the generation that a projection begins with.</summary>
    public const int First = 1;

    /// <summary>How many failing streams are kept.</summary>
    public const int MaxFailures = 100;

    /// <summary>A projection that was never rebuilt.</summary>
    public static ProjectionGenerations Initial { get; } = new(First, First, null, null, [], [], 0);

    /// <summary>The generations that take every event though nobody reads them.</summary>
    public IEnumerable<int> Followers
    {
        get
        {
            if (Building is { } building)
            {
                yield return building;
            }

            if (Previous is { } previous)
            {
                yield return previous;
            }
        }
    }

    /// <summary>Begins a generation; what an earlier rebuild left behind is retired. Nothing changes if it has begun before.</summary>
    /// <param name="generation">One more than the newest.</param>
    /// <exception cref="InvalidOperationException">Generations in between were never begun.</exception>
    public ProjectionGenerations Begin(int generation)
    {
        if (generation <= Newest)
        {
            return this;
        }

        return generation == Newest + 1
            ? this with { Newest = generation, Building = generation, Previous = null, Retired = [.. Retired, .. Followers], Failures = [], FailuresNotKept = 0 }
            : throw new InvalidOperationException($"Generation {generation} cannot begin after generation {Newest}.");
    }

    /// <summary>Has the building generation serve, and keeps the one that served. Nothing changes if it is not the building one.</summary>
    public ProjectionGenerations Switch(int generation) =>
        Building == generation ? this with { Serving = generation, Building = null, Previous = Serving } : this;

    /// <summary>Has the previous generation serve again, and retires this one. Nothing changes if there is none, or this one does not serve.</summary>
    public ProjectionGenerations RollBack(int generation) => Serving == generation && Previous is { } previous
        ? this with { Serving = previous, Previous = null, Retired = [.. Retired, generation] }
        : this;

    /// <summary>Gives up the building generation. Nothing changes if it is another.</summary>
    public ProjectionGenerations Abandon(int generation) =>
        Building == generation ? this with { Building = null, Retired = [.. Retired, generation] } : this;

    /// <summary>Keeps the previous generation no longer. Nothing changes unless this one serves.</summary>
    public ProjectionGenerations Finish(int generation) => Serving == generation && Previous is { } previous
        ? this with { Previous = null, Retired = [.. Retired, previous] }
        : this;

    /// <summary>The views of a retired generation are deleted.</summary>
    public ProjectionGenerations Purged(int generation) => !Retired.Contains(generation) ? this : this with
    {
        Retired = [.. Retired.Where(g => g != generation)],
        Failures = [.. Failures.Where(f => f.Generation != generation)],
    };

    /// <summary>Notes failures of generations that follow; of a stream that has failed before the first failure stays.</summary>
    public ProjectionGenerations Failed(IReadOnlyCollection<GenerationFailure> failures)
    {
        ArgumentNullException.ThrowIfNull(failures);
        var known = Failures.Select(f => (f.Generation, f.Stream)).ToHashSet();
        var news = failures.Where(f => Followers.Contains(f.Generation) && known.Add((f.Generation, f.Stream))).ToList();
        var kept = news.Take(MaxFailures - Failures.Count).ToList();
        return news.Count == 0
            ? this
            : this with { Failures = [.. Failures, .. kept], FailuresNotKept = FailuresNotKept + news.Count - kept.Count };
    }

    /// <summary>A stream is up to date again in a generation.</summary>
    public ProjectionGenerations Mended(int generation, string stream) => Failures.Any(f => f.Generation == generation && f.Stream == stream)
        ? this with { Failures = [.. Failures.Where(f => f.Generation != generation || f.Stream != stream)] }
        : this;

    /// <inheritdoc/>
    public bool Equals(ProjectionGenerations? other) => other is not null
        && (Serving, Newest, Building, Previous, FailuresNotKept) == (other.Serving, other.Newest, other.Building, other.Previous, other.FailuresNotKept)
        && Retired.SequenceEqual(other.Retired)
        && Failures.SequenceEqual(other.Failures);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Serving, Newest, Building, Previous, Retired.Count, Failures.Count);
}

/// <summary>A stream that a generation could not follow.</summary>
/// <param name="Generation">The generation.</param>
/// <param name="Stream">The stream's name.</param>
/// <param name="Version">The version of the event that failed.</param>
/// <param name="Error">Why.</param>
/// <param name="Time">When, UTC.</param>
public sealed record GenerationFailure(int Generation, string Stream, long Version, string Error, DateTimeOffset Time);
