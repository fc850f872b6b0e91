using EventFunctions.Domain.Ordering;
using FluentValidation;

namespace EventFunctions.Ordering.Reviews;

/// <summary>The body of an approval.</summary>
/// <param name="Reviewer">Who has looked at the order: a user's name or id.</param>
public sealed record ApproveOrderRequest(string? Reviewer);

/// <summary>The body of a rejection.</summary>
/// <param name="Reviewer">Who has looked at the order: a user's name or id.</param>
/// <param name="Reason">Why; the customer is told.</param>
public sealed record RejectOrderRequest(string? Reviewer, string? Reason);

/// <summary>The answer to a decision.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Status">Its status after the decision.</param>
/// <param name="Version">Its version after the decision.</param>
public sealed record ReviewAnswer(Domain.OrderId OrderId, OrderStatus Status, long Version);

/// <summary>Finds everything wrong with an approval's body.</summary>
public sealed class ApproveOrderValidator : AbstractValidator<ApproveOrderRequest>
{
    /// <summary>Declares the rules.</summary>
    public ApproveOrderValidator() => RuleFor(r => r.Reviewer).NamesAReviewer();
}

/// <summary>Finds everything wrong with a rejection's body.</summary>
public sealed class RejectOrderValidator : AbstractValidator<RejectOrderRequest>
{
    /// <summary>The longest reason, in characters.</summary>
    public const int MaxReasonLength = 500;

    /// <summary>Declares the rules.</summary>
    public RejectOrderValidator()
    {
        RuleFor(r => r.Reviewer).NamesAReviewer();
        RuleFor(r => r.Reason).Must(reason => !string.IsNullOrWhiteSpace(reason)).WithMessage("Must say why.");
        RuleFor(r => r.Reason).MaximumLength(MaxReasonLength).WithMessage($"Must have at most {MaxReasonLength} characters.");
        RuleFor(r => r.Reason).Must(reason => reason is null || !reason.Any(c => char.IsControl(c) && c is not ('\r' or '\n' or '\t')))
            .WithMessage("Must not have control characters other than line breaks and tabs.");
    }
}

/// <summary>What is asked of a reviewer's name.</summary>
internal static class ReviewerRules
{
    public static void NamesAReviewer<T>(this IRuleBuilder<T, string?> reviewer)
    {
        reviewer.Must(name => !string.IsNullOrWhiteSpace(name)).WithMessage("Must name the reviewer.");
        reviewer.Must(name => name is null || name.Length <= OrderEventRules.MaxReviewerLength)
            .WithMessage($"Must have at most {OrderEventRules.MaxReviewerLength} characters.");
        reviewer.Must(name => name is null || !name.Any(char.IsControl)).WithMessage("Must not have control characters.");
    }
}
