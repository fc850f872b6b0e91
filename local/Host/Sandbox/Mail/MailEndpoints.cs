using EventFunctions.Local.Host.Sandbox.Exchange;

namespace EventFunctions.Local.Host.Sandbox.Mail;

/// <summary>The mail service's HTTP interface. It sends nothing anywhere: mails are shown to whoever asks.</summary>
internal static class MailEndpoints
{
    /// <summary>Serves it under <c>/mail/</c>.</summary>
    public static void MapMail(this IEndpointRouteBuilder routes, Outbox outbox, FaultyExchange<MailKey> exchange)
    {
        var mail = routes.MapGroup("/mail");
        mail.MapGet("/mails", (string? reference, string? recipient) => Results.Json(new { Mails = outbox.All(reference, recipient) }));
        mail.MapPost("/mails", (HttpContext context, MailBody body) => Send(context, body));
        mail.MapDelete("/mails", (string? reference, string? recipient) => (reference ?? recipient) is null
            ? Answer.Refusal(400, "nobody_named", "Name whose mails to forget: by reference or recipient.").ToResult()
            : Results.Json(new { Forgotten = outbox.Forget(reference, recipient) }));

        Task<IResult> Send(HttpContext context, MailBody body)
        {
            if (!body.IsComplete)
            {
                return Task.FromResult(Answer.Refusal(400, "body_incomplete", "The body must have from, to, subject and text.").ToResult());
            }

            // Which characters a key may have is a matter of the files that are named after it.
            var key = context.Request.Headers["Idempotency-Key"].ToString();
            if (!key.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            {
                return Task.FromResult(Answer.Refusal(400, "idempotency_key_invalid", "An Idempotency-Key has letters, digits and '-'.").ToResult());
            }

            return exchange.RunAsync(
                context, new MailKey(key), attempt => MailRules.FaultOf(body.To!, attempt), _ => new Answer(202, new { MailId = outbox.Take(key, body) }));
        }
    }
}

/// <summary>A mail as the exchange knows it: of several with one key the first counts, so only the key tells them apart.</summary>
/// <param name="Value">The key.</param>
internal sealed record MailKey(string Value);
