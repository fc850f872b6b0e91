using EventFunctions.EventSourcing;

namespace EventFunctions.Notifications.Mail;

/// <summary>Has the mail service forget the mails to an erased customer.</summary>
/// <param name="mailer">The mail service.</param>
public sealed class MailErasure(IMailer mailer) : IErasureParticipant
{
    /// <inheritdoc/>
    public string Name => "sent-mails";

    /// <inheritdoc/>
    public Task<int> EraseAsync(DataSubjectId subject, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return mailer.ForgetAsync(subject.ToString(), cancellationToken);
    }
}
