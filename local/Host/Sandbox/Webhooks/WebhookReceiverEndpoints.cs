using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using EventFunctions.Local.Host.Sandbox.Keeping;

namespace EventFunctions.Local.Host.Sandbox.Webhooks;

/// <summary>
/// Receivers of webhooks, one for each name somebody uses: they send challenges back, check signatures, keep what came, and fail
/// on demand.
/// </summary>
internal static class WebhookReceiverEndpoints
{
    private const int MaxReceivers = 100;

    /// <summary>Serves them under <c>/receivers/</c>.</summary>
    public static void MapWebhookReceivers(this IEndpointRouteBuilder routes, SandboxBooks books, TimeProvider timeProvider)
    {
        var settings = books.Table<ReceiverSettings>("webhook receivers");
        var receivers = new ConcurrentDictionary<string, WebhookReceiver>(StringComparer.Ordinal);
        var group = routes.MapGroup("/receivers/{name}");
        group.MapGet("", (string name) => receivers.TryGetValue(name, out var receiver) ? Results.Json(new { receiver.Posts }) : Results.NotFound());
        group.MapPut("", async (string name, ReceiverSettings next) =>
        {
            if (Named(name) is not { } receiver)
            {
                return Results.StatusCode(StatusCodes.Status507InsufficientStorage);
            }

            await receiver.SetAsync(next);
            return Results.NoContent();
        });
        group.MapPost("", async (string name, HttpRequest request, CancellationToken cancellationToken) =>
            Named(name) is { } receiver
                ? await TakeAsync(receiver, request, timeProvider.GetUtcNow(), cancellationToken)
                : Results.StatusCode(StatusCodes.Status507InsufficientStorage));

        WebhookReceiver? Named(string name) =>
            receivers.TryGetValue(name, out var known) ? known : receivers.Count < MaxReceivers ? receivers.GetOrAdd(name, _ => new WebhookReceiver(name, books, settings)) : null;
    }

    private static async Task<IResult> TakeAsync(WebhookReceiver receiver, HttpRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellationToken);
        var body = buffer.ToArray();
        var (type, challenge) = Read(body);
        if (challenge is not null)
        {
            return Results.Json(new { challenge });
        }

        var isSigned = StandardSignature.IsRight(receiver.Secret, request.Headers, body, now);
        var status = await receiver.TakeAsync(s => new ReceivedPost(request.Headers["webhook-id"].ToString(), isSigned, s, type, Encoding.UTF8.GetString(body)), isSigned);
        return Results.StatusCode(status);
    }

    private static (string? Type, string? Challenge) Read(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement is { ValueKind: JsonValueKind.Object } post ? (Text(post, "type"), Text(post, "challenge")) : (null, null);
        }
        catch (JsonException)
        {
            // Kept as it is, without a type.
            return (null, null);
        }
    }

    private static string? Text(JsonElement post, string name) =>
        post.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
