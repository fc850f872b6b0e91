using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using EventFunctions.EventSourcing;
using EventFunctions.Webhooks.Sending;

namespace EventFunctions.Webhooks;

/// <summary>Finds out whether whoever answers at an address wants the events: it has to send back what nobody could guess.</summary>
/// <param name="sender">Posts.</param>
public sealed class WebhookVerification(IWebhookSender sender)
{
    /// <summary>The <c>type</c> of the body that is posted, by which receivers know it.</summary>
    public const string ChallengeType = "webhook.verification";

    private const int ChallengeLength = 24;

    /// <summary>Posts a challenge, signed like a delivery.</summary>
    /// <returns>What is wrong with the answer, for a person; <see langword="null"/> where the challenge came back.</returns>
    public async Task<string?> FailureOfAsync(Webhook webhook, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        var challenge = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(ChallengeLength));
        var body = JsonSerializer.SerializeToUtf8Bytes(new WebhookChallenge(ChallengeType, challenge), EventJson.Options);
        var answer = await sender.SendAsync(webhook, $"challenge-{challenge}", "application/json", body, cancellationToken);
        return answer switch
        {
            { Error: { } error } => error,
            { IsSuccess: false } => $"The answer was {answer.Status}.",
            _ when IsEcho(answer.Body, challenge) => null,
            _ => "The answer's body is neither the challenge nor a JSON object with it as 'challenge'.",
        };
    }

    private static bool IsEcho(string? body, string challenge)
    {
        var text = (body ?? string.Empty).Trim();
        if (text == challenge)
        {
            return true;
        }

        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement is { ValueKind: JsonValueKind.Object } answer
                && answer.TryGetProperty("challenge", out var echoed)
                && echoed.ValueKind == JsonValueKind.String
                && echoed.ValueEquals(challenge);
        }
        catch (JsonException)
        {
            // Not JSON, so no echo: the caller is told.
            return false;
        }
    }
}

/// <summary>What a receiver is asked to send back.</summary>
/// <param name="Type">Always <see cref="WebhookVerification.ChallengeType"/>.</param>
/// <param name="Challenge">What it has to send back: as the whole body, or in a JSON object under the same name.</param>
public sealed record WebhookChallenge(string Type, string Challenge);
