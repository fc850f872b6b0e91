namespace EventFunctions.Local.Host.Sandbox;

/// <summary>How the sandboxed partners behave where no token, postal code or product says otherwise.</summary>
internal sealed record SandboxOptions
{
    /// <summary>The loopback port; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The secret that the carrier and the supplier sign their webhooks with.</summary>
    public required string WebhookSecret { get; init; }

    /// <summary>The folder in which payments, parcels, supplies and what was answered are kept; in memory only where there is none.</summary>
    public string? Folder { get; init; }

    /// <summary>Where each mail is written as a file; in memory only where there is none.</summary>
    public string? MailFolder { get; init; }

    /// <summary>How long a parcel takes from acceptance to dispatch, and again from dispatch to delivery; and how long the supplier takes to deliver.</summary>
    public TimeSpan TransitDelay { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How long an answer is held back where a switch asks for a hang: longer than any client should wait.</summary>
    public TimeSpan HangTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the slow token's authorisation takes.</summary>
    public TimeSpan SlowAnswer { get; init; } = TimeSpan.FromMilliseconds(1500);

    /// <summary>Parcels under way at once; beyond it the carrier answers 503.</summary>
    public int MaxParcelsInTransit { get; init; } = 10_000;
}
