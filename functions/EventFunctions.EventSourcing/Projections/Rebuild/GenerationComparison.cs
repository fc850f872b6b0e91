namespace EventFunctions.EventSourcing;

/// <summary>How far the comparison of two generations has come, and what it found.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="Continuation">Where the stage goes on; <see langword="null"/> at its beginning.</param>
/// <param name="Serving">The generation that serves, as far as it was gone through.</param>
/// <param name="Building">The new generation, as far as it was gone through.</param>
/// <param name="Missing">Views that serve and are not in the new generation.</param>
/// <param name="Added">Views in the new generation that do not serve.</param>
/// <param name="Behind">Views that show an older version in the new generation.</param>
/// <param name="Ahead">Views that show a newer version in the new generation.</param>
/// <param name="Different">Views that show something else at the same version.</param>
/// <param name="Samples">Some of them.</param>
public sealed record GenerationComparison(
    ComparisonStage Stage,
    string? Continuation,
    ViewDigest Serving,
    ViewDigest Building,
    int Missing,
    int Added,
    int Behind,
    int Ahead,
    int Different,
    IReadOnlyList<ViewDifference> Samples)
{
    /// <summary>How many differing views are named.</summary>
    public const int MaxSamples = 20;

    /// <summary>A comparison ends when it has found so many: they are not moments of traffic any more.</summary>
    public const int MaxDifferences = 1000;

    /// <summary>Nothing compared yet.</summary>
    public static GenerationComparison Begin { get; } = new(ComparisonStage.DigestBuilding, null, ViewDigest.Empty, ViewDigest.Empty, 0, 0, 0, 0, 0, []);

    /// <summary>How many views differ.</summary>
    public int Differences => Missing + Added + Behind + Ahead + Different;

    /// <summary>The comparison with one more difference.</summary>
    public GenerationComparison With(ViewDifference difference)
    {
        ArgumentNullException.ThrowIfNull(difference);
        var counted = difference.Kind switch
        {
            DifferenceKind.Missing => this with { Missing = Missing + 1 },
            DifferenceKind.Added => this with { Added = Added + 1 },
            DifferenceKind.Behind => this with { Behind = Behind + 1 },
            DifferenceKind.Ahead => this with { Ahead = Ahead + 1 },
            _ => this with { Different = Different + 1 },
        };
        return Samples.Count < MaxSamples ? counted with { Samples = [.. Samples, difference] } : counted;
    }
}

/// <summary>What a comparison does, in this order.</summary>
public enum ComparisonStage
{
    /// <summary>Counts and hashes the new generation.</summary>
    DigestBuilding,

    /// <summary>Counts and hashes the generation that serves; where both agree the comparison is done.</summary>
    DigestServing,

    /// <summary>Looks for each view of the new generation in the one that serves.</summary>
    MatchBuilding,

    /// <summary>Looks for each view that serves in the new generation.</summary>
    MatchServing,

    /// <summary>The end.</summary>
    Done,
}

/// <summary>How a view differs.</summary>
public enum DifferenceKind
{
    /// <summary>It serves and is not in the new generation.</summary>
    Missing,

    /// <summary>It is in the new generation and does not serve.</summary>
    Added,

    /// <summary>It shows an older version in the new generation.</summary>
    Behind,

    /// <summary>It shows a newer version in the new generation.</summary>
    Ahead,

    /// <summary>It shows something else at the same version.</summary>
    Different,
}

/// <summary>A view that differs.</summary>
/// <param name="Partition">The partition of the projection's key.</param>
/// <param name="Id">The id of the projection's key.</param>
/// <param name="Kind">How.</param>
/// <param name="ServingVersion">The version that serves, if the view does.</param>
/// <param name="BuildingVersion">The version in the new generation, if it is there.</param>
public sealed record ViewDifference(string Partition, string Id, DifferenceKind Kind, long? ServingVersion, long? BuildingVersion);
