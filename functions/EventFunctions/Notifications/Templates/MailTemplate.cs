namespace EventFunctions.Notifications.Templates;

/// <summary>A mail's text in all its languages, as those who send it know it.</summary>
/// <param name="Name">Lower-case words joined by hyphens: the name of its files.</param>
/// <param name="Purpose">What it is sent for.</param>
/// <param name="Placeholders">What its texts leave open, each of them and no others.</param>
public sealed record MailTemplate(string Name, MailPurpose Purpose, params IReadOnlyList<string> Placeholders)
{
    /// <summary>The placeholder that stands for the customer's name, in every mail to a customer that has it.</summary>
    public const string CustomerName = "customerName";
}

/// <summary>What a mail is sent for.</summary>
public enum MailPurpose
{
    /// <summary>It has to do with an order or the account, and is sent whatever the customer's preferences are.</summary>
    Transactional,

    /// <summary>It is advertising, and is sent to those who agreed to that.</summary>
    Marketing,

    /// <summary>It is for the people who run the shop.</summary>
    Operations,
}
