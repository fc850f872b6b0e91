using EventFunctions.Webhooks.Secrets;

namespace EventFunctions.Webhooks;

/// <summary>An outsider's address that events are posted to. Every transition is a pure function.</summary>
/// <param name="Id">Identifies it.</param>
/// <param name="Url">Where to.</param>
/// <param name="EventTypes">What is wanted, see <see cref="EventTypeFilter"/>; none is everything.</param>
/// <param name="Description">What it is for, as whoever registered it says.</param>
/// <param name="Secret">What deliveries are signed with, sealed.</param>
/// <param name="CreatedAt">When it was registered, UTC.</param>
/// <param name="State">Whether anything is sent.</param>
public sealed record Webhook(
    Guid Id, Uri Url, IReadOnlyList<string> EventTypes, string? Description, string Secret, DateTimeOffset CreatedAt, WebhookState State)
{
    /// <summary>How long deliveries are signed with the secret before as well, once there is a new one.</summary>
    public static readonly TimeSpan RotationOverlap = TimeSpan.FromHours(24);

    /// <summary>The secret before, while it still counts.</summary>
    public RetiringSecret? PreviousSecret { get; init; }

    /// <summary>When it was verified, UTC; <see langword="null"/> where it never was.</summary>
    public DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>Why and since when nothing is sent; only where it is disabled.</summary>
    public Disabling? Disabled { get; init; }

    /// <summary>When the first attempt failed that no success followed, UTC.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>The deliveries, one after the other, that were given up without a success in between. Kept by id: one counts once.</summary>
    public IReadOnlyList<Guid> GivenUp { get; init; } = [];

    /// <summary>Changes with every change; the entity tag.</summary>
    public long Version { get; init; } = 1;

    /// <summary>Whether an event of a type is to be sent now.</summary>
    public bool Wants(string eventType) => State == WebhookState.Enabled && EventTypeFilter.Lets(EventTypes, eventType);

    /// <summary>The address has shown that it wants the events.</summary>
    public Webhook Verified(DateTimeOffset now) => Next() with { VerifiedAt = now, State = WebhookState.Enabled, Disabled = null };

    /// <summary>Sends again; what failed before is forgotten.</summary>
    /// <exception cref="InvalidOperationException">It was never verified.</exception>
    public Webhook Enabled() => VerifiedAt is null
        ? throw new InvalidOperationException($"Webhook {Id} was never verified, so it cannot be enabled.")
        : Next() with { State = WebhookState.Enabled, Disabled = null, FailingSince = null, GivenUp = [] };

    /// <summary>Signs with another secret from now on, and for a while with the former one as well.</summary>
    public Webhook Rotated(string secret, DateTimeOffset now) =>
        Next() with { Secret = secret, PreviousSecret = new RetiringSecret(Secret, now + RotationOverlap) };

    /// <summary>A delivery was taken.</summary>
    public Webhook Succeeded() => FailingSince is null && GivenUp.Count == 0 ? this : Next() with { FailingSince = null, GivenUp = [] };

    /// <summary>An attempt failed; too long without a success disables.</summary>
    public Webhook Failed(DateTimeOffset now, DisablingRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var failing = FailingSince is null ? Next() with { FailingSince = now } : this;
        return failing.State == WebhookState.Enabled && now - failing.FailingSince >= rules.AfterFailingFor
            ? failing.DisabledBecause(Disabling.OnlyFailures, now)
            : failing;
    }

    /// <summary>A delivery was given up; too many in a row disable. Told again of the same delivery, nothing changes.</summary>
    public Webhook GaveUp(Guid delivery, DateTimeOffset now, DisablingRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (State != WebhookState.Enabled || GivenUp.Contains(delivery))
        {
            return this;
        }

        var next = Next() with { GivenUp = [.. GivenUp, delivery] };
        return next.GivenUp.Count >= rules.AfterGivenUp ? next.DisabledBecause(Disabling.TooManyGivenUp, now) : next;
    }

    /// <summary>The address says that it is gone for good (RFC 9110, section 15.5.11).</summary>
    public Webhook Gone(DateTimeOffset now) => State == WebhookState.Enabled ? DisabledBecause(Disabling.Gone, now) : this;

    private Webhook DisabledBecause(string reason, DateTimeOffset now) =>
        Next() with { State = WebhookState.Disabled, Disabled = new Disabling(reason, now) };

    private Webhook Next() => this with { Version = Version + 1 };
}

/// <summary>Whether anything is sent.</summary>
public enum WebhookState
{
    /// <summary>The address has not yet shown that it wants the events: nothing is sent but challenges.</summary>
    Unverified,

    /// <summary>Events are sent.</summary>
    Enabled,

    /// <summary>Nothing is sent until somebody enables it again.</summary>
    Disabled,
}

/// <summary>Why nothing is sent any more.</summary>
/// <param name="Reason">Stable: <see cref="Gone"/>, <see cref="TooManyGivenUp"/> or <see cref="OnlyFailures"/>.</param>
/// <param name="At">Since when, UTC.</param>
public sealed record Disabling(string Reason, DateTimeOffset At)
{
    /// <summary>The address answered 410.</summary>
    public const string Gone = "gone";

    /// <summary>Too many deliveries in a row were given up.</summary>
    public const string TooManyGivenUp = "too-many-given-up";

    /// <summary>For too long, every attempt has failed.</summary>
    public const string OnlyFailures = "only-failures";
}

/// <summary>When a webhook is disabled that only fails.</summary>
/// <param name="AfterGivenUp">After so many deliveries in a row that were given up.</param>
/// <param name="AfterFailingFor">After so long without a success.</param>
public sealed record DisablingRules(int AfterGivenUp, TimeSpan AfterFailingFor);
