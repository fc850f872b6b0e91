using EventFunctions.Local.Host.Sandbox.Keeping;

namespace EventFunctions.Local.Host.Sandbox.Webhooks;

/// <summary>Somebody who has events posted to them. How they behave is kept; what came lives as long as the process.</summary>
internal sealed class WebhookReceiver(string name, SandboxBooks books, Table<ReceiverSettings> settings)
{
    /// <summary>How many posts are remembered, the newest.</summary>
    public const int PostsKept = 1000;

    private static readonly ReceiverSettings Unset = new(null, 0, 503);
    private readonly Queue<ReceivedPost> _posts = [];

    /// <summary>What came, oldest first.</summary>
    public IReadOnlyList<ReceivedPost> Posts => books.Read(() => _posts.ToList());

    /// <summary>What signatures are checked with, as it was given out: <c>whsec_…</c>.</summary>
    public string? Secret => books.Read(() => Current.Secret);

    private ReceiverSettings Current => settings.Find(name) ?? Unset;

    /// <summary>Changes how it behaves.</summary>
    public Task SetAsync(ReceiverSettings next) =>
        books.ChangeAsync(change => change.Put(settings, name, next with { Secret = next.Secret ?? Current.Secret }));

    /// <summary>Remembers a post.</summary>
    /// <returns>How it is to be answered.</returns>
    public Task<int> TakeAsync(Func<int, ReceivedPost> post, bool isSigned) => books.ChangeAsync(change =>
    {
        var current = Current;
        var status = (current, isSigned) switch
        {
            ({ Failures: > 0 } failing, _) => failing.FailWith,
            (_, false) => StatusCodes.Status401Unauthorized,
            _ => StatusCodes.Status204NoContent,
        };
        if (current.Failures > 0)
        {
            change.Put(settings, name, current with { Failures = current.Failures - 1 });
        }

        _posts.Enqueue(post(status));
        if (_posts.Count > PostsKept)
        {
            _posts.Dequeue();
        }

        return status;
    });
}

/// <summary>How a receiver behaves.</summary>
/// <param name="Secret">What signatures are checked with; <see langword="null"/> leaves the one before.</param>
/// <param name="Failures">How many of the next posts fail.</param>
/// <param name="FailWith">The HTTP status they fail with.</param>
internal sealed record ReceiverSettings(string? Secret, int Failures, int FailWith = 503);
