namespace EventFunctions.Local.Host.Sandbox.Webhooks;

/// <summary>Somebody who has events posted to them. It lives as long as the process.</summary>
internal sealed class WebhookReceiver
{
    /// <summary>How many posts are remembered, the newest.</summary>
    public const int PostsKept = 1000;

    private readonly Lock _gate = new();
    private readonly Queue<ReceivedPost> _posts = [];
    private ReceiverSettings _settings = new(null, 0, 503);

    /// <summary>What came, oldest first.</summary>
    public IReadOnlyList<ReceivedPost> Posts
    {
        get
        {
            lock (_gate)
            {
                return [.. _posts];
            }
        }
    }

    /// <summary>What signatures are checked with, as it was given out: <c>whsec_…</c>.</summary>
    public string? Secret
    {
        get
        {
            lock (_gate)
            {
                return _settings.Secret;
            }
        }
    }

    /// <summary>Changes how it behaves.</summary>
    public void Set(ReceiverSettings settings)
    {
        lock (_gate)
        {
            _settings = settings with { Secret = settings.Secret ?? _settings.Secret };
        }
    }

    /// <summary>Remembers a post.</summary>
    /// <returns>How it is to be answered.</returns>
    public int Take(Func<int, ReceivedPost> post, bool isSigned)
    {
        lock (_gate)
        {
            var status = (_settings, isSigned) switch
            {
                ({ Failures: > 0 } failing, _) => failing.FailWith,
                (_, false) => StatusCodes.Status401Unauthorized,
                _ => StatusCodes.Status204NoContent,
            };
            _settings = _settings with { Failures = Math.Max(0, _settings.Failures - 1) };
            _posts.Enqueue(post(status));
            if (_posts.Count > PostsKept)
            {
                _posts.Dequeue();
            }

            return status;
        }
    }
}

/// <summary>How a receiver behaves.</summary>
/// <param name="Secret">What signatures are checked with; <see langword="null"/> leaves the one before.</param>
/// <param name="Failures">How many of the next posts fail.</param>
/// <param name="FailWith">The HTTP status they fail with.</param>
internal sealed record ReceiverSettings(string? Secret, int Failures, int FailWith = 503);
