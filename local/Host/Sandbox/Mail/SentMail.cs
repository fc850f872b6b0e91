namespace EventFunctions.Local.Host.Sandbox.Mail;

/// <summary>A mail that the service has taken on.</summary>
/// <param name="MailId">The service's id, in the order of arrival.</param>
/// <param name="From">The sender.</param>
/// <param name="To">The recipient; its domain decides how the service behaves, see <see cref="MailRules"/>.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Reference">The sender's own name for the recipient, if it gave one.</param>
/// <param name="SentAt">When it was taken on; UTC.</param>
internal sealed record SentMail(string MailId, string From, string To, string Subject, string Text, string? Reference, DateTimeOffset SentAt);

/// <summary>A request to send a mail.</summary>
/// <param name="From">The sender.</param>
/// <param name="To">The recipient.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Reference">The sender's own name for the recipient.</param>
internal sealed record MailBody(string? From, string? To, string? Subject, string? Text, string? Reference)
{
    /// <summary>Whether there is enough of it to send.</summary>
    public bool IsComplete => From is { Length: > 0 } && To is { Length: > 0 } && Subject is { Length: > 0 } && Text is { Length: > 0 };
}
