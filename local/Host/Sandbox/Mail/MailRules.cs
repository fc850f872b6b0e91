using EventFunctions.Local.Host.Sandbox.Exchange;

namespace EventFunctions.Local.Host.Sandbox.Mail;

/// <summary>The mail service's failure switches, by the recipient's domain. They are names that nobody can have (RFC 2606).</summary>
internal static class MailRules
{
    /// <summary>The fault that a recipient asks for.</summary>
    /// <param name="recipient">Whom to.</param>
    /// <param name="attempt">The number of the try, from 1.</param>
    public static Fault FaultOf(string recipient, int attempt) => recipient[(recipient.LastIndexOf('@') + 1)..] switch
    {
        "down.example" => new Fault.Fail(503),
        "flaky.example" => Fault.Flaky(attempt, 503),
        "hang.example" => Fault.HangOnce(attempt),
        _ => new Fault.None(),
    };
}
