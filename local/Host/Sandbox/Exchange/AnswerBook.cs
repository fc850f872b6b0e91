namespace EventFunctions.Local.Host.Sandbox.Exchange;

/// <summary>
/// Remembers what each idempotency key was answered, so that a repeated operation takes effect once
/// (draft-ietf-httpapi-idempotency-key-header). Keys are kept as long as the process runs, as the ledger is.
/// </summary>
/// <typeparam name="TOperation">A record: a key may only come with an operation equal to its first.</typeparam>
internal sealed class AnswerBook<TOperation>
    where TOperation : class, IEquatable<TOperation>
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Page> _pages = new(StringComparer.Ordinal);

    /// <summary>Counts a try of an operation.</summary>
    /// <returns>1 for the first; <see langword="null"/> if the key belongs to another operation.</returns>
    public int? CountTry(string key, TOperation operation)
    {
        lock (_gate)
        {
            if (!_pages.TryGetValue(key, out var page))
            {
                page = _pages[key] = new Page(operation);
            }

            return page.Operation.Equals(operation) ? ++page.Tries : null;
        }
    }

    /// <summary>Runs the effect, unless the key has been answered before.</summary>
    /// <param name="key">A key that <see cref="CountTry"/> has seen.</param>
    /// <param name="effect">Runs at most once per key.</param>
    public Answer AnswerOnce(string key, Func<Answer> effect)
    {
        lock (_gate)
        {
            return _pages[key].Answer ??= effect();
        }
    }

    private sealed class Page(TOperation operation)
    {
        public TOperation Operation { get; } = operation;

        public int Tries { get; set; }

        public Answer? Answer { get; set; }
    }
}
