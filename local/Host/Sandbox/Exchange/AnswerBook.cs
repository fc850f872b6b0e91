using EventFunctions.Local.Host.Sandbox.Keeping;

namespace EventFunctions.Local.Host.Sandbox.Exchange;

/// <summary>
/// Remembers what each idempotency key was answered, so that a repeated operation takes effect once
/// (draft-ietf-httpapi-idempotency-key-header). An answer is kept together with what the operation changed. Keys are kept for good.
/// </summary>
/// <param name="books">What the service remembers.</param>
/// <param name="service">The service's name, under which its answers are kept.</param>
/// <typeparam name="TOperation">A record: a key may only come with an operation equal to its first.</typeparam>
internal sealed class AnswerBook<TOperation>(SandboxBooks books, string service)
    where TOperation : class, IEquatable<TOperation>
{
    private readonly Table<AnsweredKey<TOperation>> _keys = books.Table<AnsweredKey<TOperation>>($"answers of {service}");

    /// <summary>Counts a try of an operation.</summary>
    /// <returns>1 for the first; <see langword="null"/> if the key belongs to another operation.</returns>
    public Task<int?> CountTryAsync(string key, TOperation operation) => books.ChangeAsync<int?>(change =>
    {
        var known = _keys.Find(key) ?? new AnsweredKey<TOperation>(operation, 0, null);
        return known.Operation.Equals(operation) ? change.Put(_keys, key, known with { Tries = known.Tries + 1 }).Tries : null;
    });

    /// <summary>Runs the effect, unless the key has been answered before.</summary>
    /// <param name="key">A key that <see cref="CountTryAsync"/> has seen.</param>
    /// <param name="effect">Takes effect at most once per key.</param>
    /// <returns>The answer, and whether it is the first.</returns>
    public Task<(Answer Answer, bool IsFirst)> AnswerOnceAsync(string key, Func<Change, Answer> effect) => books.ChangeAsync(change =>
    {
        var known = _keys.Find(key) ?? throw new InvalidOperationException($"No try of '{key}' was counted.");
        if (known.Answer is { } answer)
        {
            return (answer, false);
        }

        answer = effect(change);
        change.Put(_keys, key, known with { Answer = answer });
        return (answer, true);
    });
}

/// <summary>An idempotency key with what it stands for.</summary>
/// <param name="Operation">What came with it first.</param>
/// <param name="Tries">How often it came.</param>
/// <param name="Answer">What it was answered, once it was.</param>
/// <typeparam name="TOperation">The service's operations.</typeparam>
internal sealed record AnsweredKey<TOperation>(TOperation Operation, int Tries, Answer? Answer);
