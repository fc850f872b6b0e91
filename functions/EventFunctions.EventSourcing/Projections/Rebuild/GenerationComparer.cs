namespace EventFunctions.EventSourcing;

/// <summary>Compares what two generations of a projection show, some pages at a time, while both are written to.</summary>
/// <param name="scan">Goes through the views.</param>
/// <param name="views">Keeps all generations.</param>
/// <param name="timeProvider">The clock of the second looks.</param>
public sealed class GenerationComparer(IViewScan scan, IViewStore views, TimeProvider timeProvider)
{
    private const int PageSize = 200;
    private const int Concurrency = 16;
    private const int Looks = 3;

    /// <summary>Between two looks at a view that differs: an event is applied to one generation and then to the other.</summary>
    private static readonly TimeSpan LookDelay = TimeSpan.FromMilliseconds(50);

    /// <summary>Goes on with a comparison through about so many views.</summary>
    /// <param name="projection">The projection's name.</param>
    /// <param name="serving">The generation that serves.</param>
    /// <param name="building">The new one.</param>
    /// <param name="comparison">How far it has come.</param>
    /// <param name="maxViews">1 or more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<GenerationComparison> RunAsync(
        string projection, int serving, int building, GenerationComparison comparison, int maxViews, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        for (var done = 0; done < maxViews && comparison.Stage != ComparisonStage.Done;)
        {
            var scanned = comparison.Stage is ComparisonStage.DigestBuilding or ComparisonStage.MatchBuilding ? building : serving;
            var page = await scan.ScanAsync(GenerationViewStore.KindOf(projection, scanned), PageSize, comparison.Continuation, cancellationToken);
            var found = page.Views.Select(v => v with { Key = GenerationViewStore.OriginalOf(v.Key, scanned) }).ToList();
            comparison = comparison.Stage switch
            {
                ComparisonStage.DigestBuilding => comparison with { Building = comparison.Building.Add(found) },
                ComparisonStage.DigestServing => comparison with { Serving = comparison.Serving.Add(found) },
                _ => await MatchAsync(comparison, found, serving, building, cancellationToken),
            };
            comparison = page.Continuation is null ? NextStage(comparison) : comparison with { Continuation = page.Continuation };
            comparison = comparison.Differences >= GenerationComparison.MaxDifferences ? comparison with { Stage = ComparisonStage.Done } : comparison;
            done += PageSize;
        }

        return comparison;
    }

    /// <summary>Looks again at the views that differed; those that agree by now were only being written.</summary>
    /// <exception cref="ArgumentException">More views differ than are named.</exception>
    public async Task<GenerationComparison> LookAgainAsync(
        int serving, int building, GenerationComparison comparison, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        if (comparison.Differences > comparison.Samples.Count)
        {
            throw new ArgumentException($"{comparison.Differences} views differ, and only {comparison.Samples.Count} are named.", nameof(comparison));
        }

        var fresh = comparison with { Missing = 0, Added = 0, Behind = 0, Ahead = 0, Different = 0, Samples = [] };
        foreach (var sample in comparison.Samples)
        {
            var difference = await LookAsync(new ViewKey(sample.Partition, sample.Id), serving, building, cancellationToken);
            fresh = difference is null ? fresh : fresh.With(difference);
        }

        return fresh;
    }

    private static GenerationComparison NextStage(GenerationComparison comparison) => comparison.Stage switch
    {
        ComparisonStage.DigestServing when comparison.Serving == comparison.Building => comparison with { Stage = ComparisonStage.Done, Continuation = null },
        var stage => comparison with { Stage = stage + 1, Continuation = null },
    };

    private async Task<GenerationComparison> MatchAsync(
        GenerationComparison comparison, List<ScannedView> found, int serving, int building, CancellationToken cancellationToken)
    {
        var differences = new ViewDifference?[found.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, found.Count, options, async (i, token) => differences[i] = await LookAsync(found[i].Key, serving, building, token));

        // What is in both generations was seen when the new one was gone through.
        return differences.OfType<ViewDifference>()
            .Where(d => comparison.Stage == ComparisonStage.MatchBuilding || d.BuildingVersion is null)
            .Aggregate(comparison, (all, difference) => all.With(difference));
    }

    private async Task<ViewDifference?> LookAsync(ViewKey key, int serving, int building, CancellationToken cancellationToken)
    {
        ViewDifference? difference = null;
        for (var look = 0; look < Looks; look++)
        {
            if (look > 0)
            {
                await Task.Delay(LookDelay, timeProvider, cancellationToken);
            }

            var served = await new GenerationViewStore(views, serving).FindAsync<RawJson>(key, cancellationToken);
            var built = await new GenerationViewStore(views, building).FindAsync<RawJson>(key, cancellationToken);
            difference = Tell(key, served?.Current, built?.Current);
            if (difference is null or { Kind: DifferenceKind.Different })
            {
                break;
            }
        }

        return difference;
    }

    private static ViewDifference? Tell(ViewKey key, VersionedView<RawJson>? served, VersionedView<RawJson>? built)
    {
        var kind = (served, built) switch
        {
            (null, null) => (DifferenceKind?)null,
            (_, null) => DifferenceKind.Missing,
            (null, _) => DifferenceKind.Added,
            _ when built.Version < served.Version => DifferenceKind.Behind,
            _ when built.Version > served.Version => DifferenceKind.Ahead,
            _ => ViewDigest.AreSame(served, built) ? null : DifferenceKind.Different,
        };
        return kind is null ? null : new ViewDifference(key.Partition, key.Id, kind.Value, served?.Version, built?.Version);
    }
}
