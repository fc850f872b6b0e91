using System.Collections.Concurrent;

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
    private readonly ConcurrentDictionary<string, AgedAnswer<ProjectionGenerations>> _answers = new(StringComparer.Ordinal);

    /// <summary>The generations of a projection.</summary>
    /// <exception cref="StoreUnavailableException">The last answer is too old, and the store cannot be reached for another.</exception>
    public Task<ProjectionGenerations> CurrentAsync(string projection, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(projection);
        return _answers
            .GetOrAdd(projection, name => new AgedAnswer<ProjectionGenerations>(() => register.LoadAsync(name, CancellationToken.None), timeProvider, maxAge))
            .CurrentAsync(cancellationToken);
    }
}
