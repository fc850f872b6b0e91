using EventFunctions.Domain;
using FluentValidation;

namespace EventFunctions.Customers.Api;

/// <summary>What an identity provider reports of a session.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="OccurredAt">When it was opened or closed, with an offset from UTC.</param>
public sealed record SessionRequest(string? SessionId, DateTimeOffset? OccurredAt)
{
    /// <summary>The session of a valid body.</summary>
    public SessionId ToSessionId() => new(SessionId!);
}

/// <summary>Finds everything wrong with a report.</summary>
public sealed class SessionValidator : AbstractValidator<SessionRequest>
{
    /// <summary>Declares the rules.</summary>
    public SessionValidator()
    {
        RuleFor(r => r.SessionId).Must(id => SessionId.TryCreate(id, out _))
            .WithMessage($"Must have 1 to {SessionId.MaxLength} letters, digits, '-' or '_'.");
        RuleFor(r => r.OccurredAt).NotNull().WithMessage("Is required.");
    }
}
