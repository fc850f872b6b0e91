namespace EventFunctions.Webhooks.Sending;

/// <summary>Posts to the addresses of outsiders.</summary>
public interface IWebhookSender
{
    /// <summary>Posts a body, signed. Whatever the other side does is an answer, not an exception.</summary>
    /// <param name="webhook">Where to, and what it is signed with.</param>
    /// <param name="id">The id that receivers know a repeated post by.</param>
    /// <param name="contentType">The body's media type.</param>
    /// <param name="body">The body.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<WebhookAnswer> SendAsync(Webhook webhook, string id, string contentType, ReadOnlyMemory<byte> body, CancellationToken cancellationToken);
}

/// <summary>What came back.</summary>
/// <param name="At">When the post began, UTC.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Status">The HTTP status, where there was an answer.</param>
/// <param name="Body">How the answer's body begins, see <see cref="MaxBodyBytes"/>.</param>
/// <param name="Error">Why there was no answer.</param>
public sealed record WebhookAnswer(DateTimeOffset At, TimeSpan Duration, int? Status = null, string? Body = null, string? Error = null)
{
    /// <summary>No more of an answer is read.</summary>
    public const int MaxBodyBytes = 4096;

    private const int SnippetLength = 200;

    /// <summary>Whether the other side took it: any 2xx.</summary>
    public bool IsSuccess => Status is >= 200 and <= 299;

    /// <summary>The answer as an attempt in the log.</summary>
    public DeliveryAttempt ToAttempt(int number) => new(
        number,
        At,
        (long)Duration.TotalMilliseconds,
        Status,
        Error,
        string.IsNullOrWhiteSpace(Body) ? null : string.Concat(Body.Take(SnippetLength).Select(c => char.IsControl(c) ? ' ' : c)));
}
