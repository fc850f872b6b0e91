using FluentValidation;

namespace EventFunctions.Payments.Api;

/// <summary>The body of a refund or a capture that an operator asks for.</summary>
/// <param name="Amount">How much, in units of the payment's currency; all that is left where it is not given.</param>
/// <param name="Reason">Why; it is kept with the operation.</param>
public sealed record MoveMoneyRequest(decimal? Amount, string? Reason);

/// <summary>Finds everything wrong with such a body; whether the amount fits the payment is for the payment to say.</summary>
public sealed class MoveMoneyValidator : AbstractValidator<MoveMoneyRequest>
{
    /// <summary>The longest reason, in characters.</summary>
    public const int MaxReasonLength = 500;

    /// <summary>Declares the rules.</summary>
    public MoveMoneyValidator()
    {
        RuleFor(r => r.Amount).Must(amount => amount is null or > 0 and <= Domain.Money.MaxAmount)
            .WithMessage($"Must be more than 0 and at most {Domain.Money.MaxAmount}.");
        RuleFor(r => r.Reason).Must(reason => !string.IsNullOrWhiteSpace(reason)).WithMessage("Must say why.");
        RuleFor(r => r.Reason).MaximumLength(MaxReasonLength).WithMessage($"Must have at most {MaxReasonLength} characters.");
        RuleFor(r => r.Reason).Must(reason => reason is null || !reason.Any(c => char.IsControl(c) && c is not ('\r' or '\n' or '\t')))
            .WithMessage("Must not have control characters other than line breaks and tabs.");
    }
}
