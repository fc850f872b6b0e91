namespace EventFunctions.Notifications.Mail;

/// <summary>Sends mails, outside.</summary>
/// <remarks>
/// Every operation fails with <see cref="Resilience.ProviderUnavailableException"/> when its outcome is not known; a mail may then be
/// sent again with the same key. Of several mails with one key the first counts, also where they differ.
/// </remarks>
public interface IMailer
{
    /// <summary>Sends a mail.</summary>
    /// <param name="message">The mail.</param>
    /// <param name="key">Identifies it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task SendAsync(MailMessage message, Guid key, CancellationToken cancellationToken);

    /// <summary>Has the mail service forget every mail to a person that it keeps.</summary>
    /// <param name="reference">Whose mails: <see cref="MailMessage.Reference"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many it kept.</returns>
    Task<int> ForgetAsync(string reference, CancellationToken cancellationToken);
}

/// <summary>A mail. It is nowhere stored or logged by the app.</summary>
/// <param name="To">The recipient's address.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Reference">The pseudonym of the person whom it is for, so that it can be found without the address; none for operators.</param>
public sealed record MailMessage(string To, string Subject, string Text, string? Reference = null)
{
    /// <summary>What may be logged of it: nothing.</summary>
    public override string ToString() => "A mail.";
}
