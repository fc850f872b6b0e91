using EventFunctions.Domain.Shipping;
using FluentValidation;

namespace EventFunctions.Shipping.Api;

/// <summary>What the carrier reports about a shipment.</summary>
/// <param name="Reference">The order.</param>
/// <param name="CarrierShipmentId">The carrier's id.</param>
/// <param name="TrackingNumber">What the customer looks up.</param>
/// <param name="Status"><c>dispatched</c> or <c>delivered</c>.</param>
/// <param name="OccurredAt">When, with an offset from UTC.</param>
public sealed record CarrierEventRequest(
    string? Reference, string? CarrierShipmentId, string? TrackingNumber, string? Status, DateTimeOffset? OccurredAt)
{
    /// <summary>The parcel is on its way.</summary>
    public const string Dispatched = "dispatched";

    /// <summary>The parcel arrived.</summary>
    public const string Delivered = "delivered";

    /// <summary>The command that a valid report is.</summary>
    public ShipmentCommand ToCommand() => Status == Delivered ? new DeliverShipment(OccurredAt!.Value) : new DispatchShipment();
}

/// <summary>Finds everything wrong with a report.</summary>
public sealed class CarrierEventValidator : AbstractValidator<CarrierEventRequest>
{
    /// <summary>Declares the rules.</summary>
    public CarrierEventValidator()
    {
        RuleFor(r => r.Reference).NotEmpty().WithMessage("Is required.");
        RuleFor(r => r.CarrierShipmentId).NotEmpty().WithMessage("Is required.");
        RuleFor(r => r.Status).Must(s => s is CarrierEventRequest.Dispatched or CarrierEventRequest.Delivered)
            .WithMessage($"Must be '{CarrierEventRequest.Dispatched}' or '{CarrierEventRequest.Delivered}'.");
        RuleFor(r => r.OccurredAt).NotNull().WithMessage("Is required.");
    }
}
