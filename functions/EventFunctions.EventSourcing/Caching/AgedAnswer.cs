namespace EventFunctions.EventSourcing;

/// <summary>
/// The answer to a question that many ask: never from longer ago than a set time, and asked once for all who wait for it. A failure
/// is told to those who waited and not kept. Safe for concurrent use.
/// </summary>
/// <param name="ask">Asks. The question is everybody's who waits for it, so no one's token ends it.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="maxAge">How old an answer may be; zero to ask each time.</param>
/// <typeparam name="TAnswer">The answer.</typeparam>
public sealed class AgedAnswer<TAnswer>(Func<Task<TAnswer>> ask, TimeProvider timeProvider, TimeSpan maxAge)
{
    private readonly Lock _gate = new();
    private Answer? _latest;

    /// <summary>The answer.</summary>
    /// <param name="cancellationToken">Gives up waiting; the question goes on for the others.</param>
    public Task<TAnswer> CurrentAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_latest is not { } known || IsOver(known))
            {
                // The age counts from the question: what was changed after it may be missing.
                _latest = known = new Answer(timeProvider.GetTimestamp(), ask());
            }

            return known.Given.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Has the next who asks ask anew: what is known has changed. Those who wait for an answer get the one they wait for.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _latest = null;
        }
    }

    private bool IsOver(Answer answer) =>
        answer.Given.IsFaulted || answer.Given.IsCanceled || timeProvider.GetElapsedTime(answer.AskedAt) >= maxAge;

    private sealed record Answer(long AskedAt, Task<TAnswer> Given);
}
