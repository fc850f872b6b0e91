namespace EventFunctions.Deployment;

/// <summary>How often something is tried, and for how long.</summary>
/// <param name="timeProvider">The clock.</param>
/// <param name="interval">The time between two attempts.</param>
/// <param name="deadline">After that time no further one begins.</param>
internal sealed class Patience(TimeProvider timeProvider, TimeSpan interval, TimeSpan deadline)
{
    /// <summary>Tries until it succeeds.</summary>
    /// <returns>Whether it did before the deadline. There is one attempt at least.</returns>
    public async Task<bool> UntilAsync(Func<Task<bool>> attempt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        var begun = timeProvider.GetTimestamp();
        while (!await attempt())
        {
            if (timeProvider.GetElapsedTime(begun) + interval > deadline)
            {
                return false;
            }

            await Task.Delay(interval, timeProvider, cancellationToken);
        }

        return true;
    }
}
