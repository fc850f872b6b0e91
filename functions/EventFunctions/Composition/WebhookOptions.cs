using System.ComponentModel.DataAnnotations;
using EventFunctions.Webhooks;
using EventFunctions.Webhooks.Secrets;

namespace EventFunctions.Composition;

/// <summary>The section <c>Webhooks</c> of the settings.</summary>
public sealed record WebhookOptions
{
    /// <summary>The key that the secrets of webhooks are sealed under: 32 bytes in Base64. Without it nothing that is stored can be signed with.</summary>
    [Required]
    public string? MasterKey { get; init; }

    /// <summary>Whether webhooks may be on private networks and reached without encryption: for development on one's own machine.</summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>How long connection, post and answer of an attempt may take together.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:30", ConvertValueInInvariantCulture = true)]
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After so many deliveries in a row that were given up, a webhook is disabled.</summary>
    [Range(1, 1000)]
    public int DisableAfterGivenUp { get; init; } = 5;

    /// <summary>After so long without a success, a webhook is disabled at the next failure.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan DisableAfterFailingFor { get; init; } = TimeSpan.FromDays(3);

    /// <summary>
    /// How long a list of the enabled webhooks is used before the store is asked for another: a webhook that was enabled gets all
    /// events after that time. Zero asks the store at every event.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan ListCacheTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>When a webhook is disabled.</summary>
    public DisablingRules ToRules() => new(DisableAfterGivenUp, DisableAfterFailingFor);

    /// <summary>Whether the master key is one.</summary>
    public bool HasMasterKey()
    {
        Span<byte> key = stackalloc byte[AesGcmWebhookSecrets.KeyLength];
        return MasterKey is not null && Convert.TryFromBase64String(MasterKey, key, out var length) && length == AesGcmWebhookSecrets.KeyLength;
    }
}
