using EventFunctions.Domain;
using FluentValidation;

namespace EventFunctions.Inventory.Replenishment.Api;

/// <summary>What the supplier reports about an order. Everything may be missing until it is validated.</summary>
/// <param name="Reference">The replenishment, as it was named in the order.</param>
/// <param name="SupplierOrderId">The supplier's id of the order.</param>
/// <param name="Status"><c>confirmed</c> (the pieces are delivered) or <c>refused</c> (they will not be).</param>
/// <param name="Quantity">How many pieces were delivered, where they were.</param>
/// <param name="Reason">Why not, where they will not be.</param>
public sealed record SupplierConfirmationRequest(
    string? Reference, string? SupplierOrderId, string? Status, decimal? Quantity, string? Reason)
{
    /// <summary>The pieces are delivered.</summary>
    public const string Confirmed = "confirmed";

    /// <summary>The pieces will not be delivered.</summary>
    public const string Refused = "refused";

    /// <summary>The word that a valid report is; the same report again is the same word.</summary>
    public ReplenishmentAnswer ToAnswer()
    {
        var id = $"supplier:{SupplierOrderId}:{Status}";
        return Status == Confirmed
            ? new ReplenishmentAnswer(id, ReplenishmentTrigger.Confirmed, (int)Quantity!.Value)
            : new ReplenishmentAnswer(id, ReplenishmentTrigger.Refused, Reason: Reason);
    }
}

/// <summary>Finds everything wrong with a report.</summary>
public sealed class SupplierConfirmationValidator : AbstractValidator<SupplierConfirmationRequest>
{
    private const int MaxIdLength = 200;
    private const int MaxReasonLength = 500;

    /// <summary>Declares the rules.</summary>
    public SupplierConfirmationValidator()
    {
        RuleFor(r => r.Reference).NotEmpty().WithMessage("Is required.");
        RuleFor(r => r.SupplierOrderId).Must(id => id is { Length: > 0 and <= MaxIdLength }).WithMessage($"Must have 1 to {MaxIdLength} characters.");
        RuleFor(r => r.Status).Must(s => s is SupplierConfirmationRequest.Confirmed or SupplierConfirmationRequest.Refused)
            .WithMessage($"Must be '{SupplierConfirmationRequest.Confirmed}' or '{SupplierConfirmationRequest.Refused}'.");
        RuleFor(r => r.Quantity)
            .Must(q => q is { } n && n == decimal.Truncate(n) && n is >= 1 and <= Quantity.MaxValue)
            .When(r => r.Status == SupplierConfirmationRequest.Confirmed)
            .WithMessage($"Must be a whole number from 1 to {Quantity.MaxValue}.");
        RuleFor(r => r.Reason).MaximumLength(MaxReasonLength).WithMessage($"Must have at most {MaxReasonLength} characters.");
    }
}
