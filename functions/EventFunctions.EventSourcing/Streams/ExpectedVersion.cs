namespace EventFunctions.EventSourcing;

/// <summary>What a writer believes a stream's version to be; an append that finds another is a conflict.</summary>
/// <remarks>Versions count events: an absent stream has version 0, its first event version 1.</remarks>
public readonly record struct ExpectedVersion
{
    private readonly long _plusOne;

    private ExpectedVersion(long version) => _plusOne = version + 1;

    /// <summary>Any version will do: the writer re-decides on whatever is there.</summary>
    public static ExpectedVersion Any => default;

    /// <summary>The stream must not exist.</summary>
    public static ExpectedVersion NoStream => new(0);

    /// <summary>Whether every version is as expected.</summary>
    public bool IsAny => _plusOne == 0;

    /// <summary>The stream must be at just this version.</summary>
    /// <param name="version">0 (no stream) or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The version is negative.</exception>
    public static ExpectedVersion Exactly(long version)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(version);
        return new ExpectedVersion(version);
    }

    /// <summary>Whether a stream at <paramref name="actual"/> is what the writer expected.</summary>
    public bool Matches(long actual) => IsAny || _plusOne - 1 == actual;

    /// <inheritdoc/>
    public override string ToString() => IsAny ? "any" : _plusOne == 1 ? "no stream" : (_plusOne - 1).ToString();
}
