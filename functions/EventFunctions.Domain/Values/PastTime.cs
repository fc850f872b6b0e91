namespace EventFunctions.Domain;

/// <summary>Times that other companies' clocks report.</summary>
internal static class PastTime
{
    /// <summary>The reported time in UTC; a clock ahead of ours can't have something happen after it was recorded.</summary>
    public static DateTimeOffset Of(DateTimeOffset reported, DateTimeOffset now) => (reported < now ? reported : now).ToUniversalTime();
}
