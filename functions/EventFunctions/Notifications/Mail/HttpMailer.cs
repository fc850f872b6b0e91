using EventFunctions.Resilience;

namespace EventFunctions.Notifications.Mail;

/// <summary>The mail service's HTTP API.</summary>
/// <param name="client">Has the service's base address and the resilience pipeline.</param>
/// <param name="from">The sender's address.</param>
public sealed class HttpMailer(HttpClient client, string from) : IMailer
{
    private readonly ProviderHttp _http = new(client, "The mail service");

    /// <inheritdoc/>
    public async Task SendAsync(MailMessage message, Guid key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var body = new { from, to = message.To, subject = message.Subject, text = message.Text, reference = message.Reference };
        using var response = await _http.SendAsync(HttpMethod.Post, "mails", body, key, refusals: [], cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<int> ForgetAsync(string reference, CancellationToken cancellationToken)
    {
        var path = $"mails?reference={Uri.EscapeDataString(reference)}";
        using var response = await _http.SendAsync(HttpMethod.Delete, path, body: null, idempotencyKey: null, refusals: [], cancellationToken);
        var answer = await _http.ReadAsync<ForgottenBody>(response, cancellationToken);
        return answer.Forgotten ?? throw new ProviderContractException("The mail service", "read an answer", "'forgotten' is missing");
    }

    private sealed record ForgottenBody(int? Forgotten);
}
