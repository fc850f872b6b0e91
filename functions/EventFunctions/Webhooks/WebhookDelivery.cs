using System.Text.Json.Serialization;
using EventFunctions.EventSourcing;

namespace EventFunctions.Webhooks;

/// <summary>One event for one webhook, with every attempt to deliver it. Every transition is a pure function.</summary>
/// <param name="Id">Follows from webhook and event; receivers know a repeated delivery by it.</param>
/// <param name="WebhookId">Whose it is.</param>
/// <param name="EventId">The event.</param>
/// <param name="EventType">Its type.</param>
/// <param name="Body">What is posted: the event as a CloudEvent in JSON, byte for byte the same in every attempt.</param>
/// <param name="CreatedAt">When it was due first, UTC.</param>
/// <param name="State">How far it has come.</param>
public sealed record WebhookDelivery(
    Guid Id, Guid WebhookId, Guid EventId, string EventType, string Body, DateTimeOffset CreatedAt, DeliveryState State)
{
    /// <summary>How many attempts are remembered, the newest.</summary>
    public const int AttemptsKept = 30;

    /// <summary>How many attempts were made, those that are not remembered included.</summary>
    public int AttemptCount { get; init; }

    /// <summary>How many attempts had been made when somebody asked for it to be delivered again; the schedule counts from there.</summary>
    public int RoundBegan { get; init; }

    /// <summary>The newest attempts, oldest first.</summary>
    public IReadOnlyList<DeliveryAttempt> Attempts { get; init; } = [];

    /// <summary>When the next attempt is due, UTC; only while it is pending.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>Changes with every change.</summary>
    public long Version { get; init; } = 1;

    /// <summary>The delivery of an event to a webhook, not yet attempted.</summary>
    public static WebhookDelivery Of(Webhook webhook, Guid eventId, string eventType, string body, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        return new WebhookDelivery(IdOf(webhook.Id, eventId), webhook.Id, eventId, eventType, body, now, DeliveryState.Pending) { NextAttemptAt = now };
    }

    /// <summary>The id of the delivery of an event to a webhook.</summary>
    public static Guid IdOf(Guid webhookId, Guid eventId) => NameBasedGuid.Create(webhookId, eventId.ToString());

    /// <summary>An attempt was made.</summary>
    /// <param name="attempt">What came of it.</param>
    public WebhookDelivery After(DeliveryAttempt attempt)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        var made = attempt.Number - RoundBegan;
        var (state, next) = attempt switch
        {
            { IsSuccess: true } => (DeliveryState.Delivered, (DateTimeOffset?)null),
            { IsFinal: true } => (DeliveryState.GivenUp, null),
            _ when RetrySchedule.DelayAfter(made) is { } delay => (DeliveryState.Pending, attempt.At + delay),
            _ => (DeliveryState.GivenUp, null),
        };
        return this with
        {
            State = state,
            AttemptCount = attempt.Number,
            Attempts = [.. Attempts.TakeLast(AttemptsKept - 1), attempt],
            NextAttemptAt = next,
            Version = Version + 1,
        };
    }

    /// <summary>Whoever registered the webhook, or an operator, wants it delivered (again), now.</summary>
    public WebhookDelivery Again(DateTimeOffset now) =>
        this with { State = DeliveryState.Pending, RoundBegan = AttemptCount, NextAttemptAt = now, Version = Version + 1 };
}

/// <summary>How far a delivery has come.</summary>
public enum DeliveryState
{
    /// <summary>An attempt is due, now or later.</summary>
    Pending,

    /// <summary>The receiver has taken it.</summary>
    Delivered,

    /// <summary>No further attempt is made by itself.</summary>
    GivenUp,
}

/// <summary>An attempt to deliver.</summary>
/// <param name="Number">Its number among all attempts of the delivery, from 1.</param>
/// <param name="At">When it began, UTC.</param>
/// <param name="DurationMilliseconds">How long it took.</param>
/// <param name="Status">The HTTP status of the answer, where there was one.</param>
/// <param name="Error">Why there was no answer, or why nothing was sent.</param>
/// <param name="Snippet">How the answer's body begins.</param>
public sealed record DeliveryAttempt(
    int Number, DateTimeOffset At, long DurationMilliseconds, int? Status = null, string? Error = null, string? Snippet = null)
{
    /// <summary>The <see cref="Error"/> of an attempt that was not made because the webhook is disabled or deleted.</summary>
    public const string NotWanted = "webhook-not-enabled";

    /// <summary>Whether the receiver has taken the event: any 2xx.</summary>
    [JsonIgnore]
    public bool IsSuccess => Status is >= 200 and <= 299;

    /// <summary>Whether the receiver is gone for good.</summary>
    [JsonIgnore]
    public bool IsGone => Status == 410;

    /// <summary>Whether no other attempt can help: the receiver is gone, or the webhook does not want anything any more.</summary>
    [JsonIgnore]
    public bool IsFinal => IsGone || Error == NotWanted;
}
