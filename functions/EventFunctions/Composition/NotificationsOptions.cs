using System.ComponentModel.DataAnnotations;
using EventFunctions.Domain;
using EventFunctions.Resilience;

namespace EventFunctions.Composition;

/// <summary>The section <c>Notifications</c> of the settings.</summary>
public sealed record NotificationsOptions
{
    /// <summary>Where the people who run the shop get their mails.</summary>
    [Required]
    public string? OperatorsAddress { get; init; }

    /// <summary>Whether the address is one.</summary>
    public bool HasAddress => Email.TryCreate(OperatorsAddress, out _);
}

/// <summary>The section <c>Mail</c> of the settings.</summary>
public sealed record MailOptions : ProviderOptions
{
    /// <summary>The sender's address.</summary>
    [Required]
    public string? From { get; init; }

    /// <summary>Whether the sender's address is one.</summary>
    public bool HasSender => Email.TryCreate(From, out _);
}
