namespace Microsoft.Azure.Functions.Worker;

/// <summary>
/// A function's retry policy. The host honours it on timer and Cosmos DB triggers only; a Service Bus message comes back by itself.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class RetryAttribute : Attribute
{
    /// <summary>Creates the attribute.</summary>
    protected RetryAttribute()
    {
    }

    /// <summary>How often an invocation is repeated after the first try; -1 is without limit.</summary>
    public int MaxRetryCount { get; set; }

    internal static TimeSpan ParseInterval(string value, string parameter) =>
        TimeSpan.TryParse(value, out var interval) && interval >= TimeSpan.Zero
            ? interval
            : throw new ArgumentOutOfRangeException(parameter, value, "An interval is written hh:mm:ss and not negative.");
}
