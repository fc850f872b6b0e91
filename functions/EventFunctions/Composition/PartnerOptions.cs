using System.ComponentModel.DataAnnotations;
using EventFunctions.Resilience;

namespace EventFunctions.Composition;

/// <summary>The section <c>Payments</c> of the settings.</summary>
public sealed record PaymentsOptions : ProviderOptions;

/// <summary>The section <c>Carrier</c> of the settings.</summary>
public sealed record CarrierOptions : ProviderOptions
{
    /// <summary>Shared with the carrier, which signs its messages with it.</summary>
    [Required]
    [MinLength(16)]
    public string? WebhookSecret { get; init; }
}
