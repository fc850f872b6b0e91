namespace EventFunctions.EventSourcing;

/// <summary>The stored kinds of what a tally projection keeps beside its tallies, which are of the projection's own kind.</summary>
internal static class TallyKinds
{
    /// <summary>What is remembered of each stream.</summary>
    public static string StreamOf(string projection) => $"{projection}.stream";

    /// <summary>What a stream contributed to a partition.</summary>
    public static string PartOf(string projection) => $"{projection}.part";
}
