using System.Text;
using EventFunctions.Webhooks;
using EventFunctions.Webhooks.Sending;

namespace EventFunctions.Tests.Webhooks;

/// <summary>An outsider that answers as the test wants, and remembers what it got.</summary>
internal sealed class RecordingWebhookSender : IWebhookSender
{
    private readonly Lock _gate = new();
    private readonly List<Post> _posts = [];

    /// <summary>How it answers.</summary>
    public Func<Post, WebhookAnswer> Answer { get; set; } = _ => Ok();

    /// <summary>Every post, in order.</summary>
    public IReadOnlyList<Post> Posts
    {
        get
        {
            lock (_gate)
            {
                return [.. _posts];
            }
        }
    }

    public static WebhookAnswer Ok(string body = "") => new(DateTimeOffset.UnixEpoch, TimeSpan.FromMilliseconds(5), 200, body);

    public static WebhookAnswer Status(int status, DateTimeOffset at = default) => new(at, TimeSpan.FromMilliseconds(5), status, "no\u0007 thanks");

    public Task<WebhookAnswer> SendAsync(
        Webhook webhook, string id, string contentType, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var post = new Post(webhook.Id, id, contentType, Encoding.UTF8.GetString(body.Span));
        lock (_gate)
        {
            _posts.Add(post);
        }

        return Task.FromResult(Answer(post));
    }

    /// <summary>What was posted.</summary>
    internal sealed record Post(Guid WebhookId, string Id, string ContentType, string Body);
}
