namespace Microsoft.DurableTask;

/// <summary>
/// How versions of orchestrations are put in order
/// (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-orchestration-versioning, "Version comparison rules").
/// </summary>
internal static class VersionOrder
{
    /// <summary>Compares as versions where both are, else as text without regard to case; no version is the lowest.</summary>
    /// <returns>Less than, equal to or greater than zero as the first is lower, equal or higher.</returns>
    public static int Compare(string? first, string? second) => (first, second) switch
    {
        (null or { Length: 0 }, null or { Length: 0 }) => 0,
        (null or { Length: 0 }, _) => -1,
        (_, null or { Length: 0 }) => 1,
        var (own, other) when Version.TryParse(own, out var a) && Version.TryParse(other, out var b) => a.CompareTo(b),
        var (own, other) => string.Compare(own, other, StringComparison.OrdinalIgnoreCase),
    };
}
