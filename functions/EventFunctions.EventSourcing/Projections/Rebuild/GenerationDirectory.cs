namespace EventFunctions.EventSourcing;

/// <summary>
/// Knows which generations each projection has, never from longer ago than a set time: whoever changes them and waits that
/// long knows that everybody acts by the change. Safe for concurrent use.
/// </summary>
/// <param name="register">Has the truth.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="maxAge">How old an answer may be; zero to ask each time.</param>
public sealed class GenerationDirectory(GenerationRegister register, TimeProvider timeProvider, TimeSpan maxAge)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Answer> _answers = new(StringComparer.Ordinal);

    /// <summary>The generations of a projection.</summary>
    /// <exception cref="StoreUnavailableException">The last answer is too old, and the store cannot be reached for another.</exception>
    public Task<ProjectionGenerations> CurrentAsync(string projection, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(projection);
        Task<ProjectionGenerations> answer;
        lock (_gate)
        {
            if (!_answers.TryGetValue(projection, out var known) || IsOver(known))
            {
                // The age counts from the question: what was changed after it may be missing. The question is everybody's who
                // waits for it, so no one's token ends it.
                known = new Answer(timeProvider.GetTimestamp(), register.LoadAsync(projection, CancellationToken.None));
                _answers[projection] = known;
            }

            answer = known.Generations;
        }

        return answer.IsCompletedSuccessfully ? answer : answer.WaitAsync(cancellationToken);
    }

    private bool IsOver(Answer answer) =>
        answer.Generations.IsFaulted || answer.Generations.IsCanceled || timeProvider.GetElapsedTime(answer.AskedAt) >= maxAge;

    private sealed record Answer(long AskedAt, Task<ProjectionGenerations> Generations);
}
