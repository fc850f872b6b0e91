using EventFunctions.Domain.Ordering;
using EventFunctions.Ordering.Saga;

namespace EventFunctions.Ordering.Steps;

/// <summary>Compares what a customer ordered with what the shop offers. Pure.</summary>
public static class OfferCheck
{
    /// <summary>The shop does not sell a product of the order (any more).</summary>
    public const string NotOffered = "product-not-offered";

    /// <summary>A product's price is not the one that it was ordered at.</summary>
    public const string PriceChanged = "price-changed";

    /// <summary>Why a line cannot be served; nothing where it can.</summary>
    /// <param name="line">What was ordered.</param>
    /// <param name="offer">What the shop offers, if anything.</param>
    public static StepOutcome? Refusal(OrderLine line, ProductOffer? offer)
    {
        ArgumentNullException.ThrowIfNull(line);
        return offer switch
        {
            null => StepOutcome.Refused(NotOffered, $"'{line.ProductId}' is not sold (any more)."),
            { UnitPrice: var price } when price != line.UnitPrice =>
                StepOutcome.Refused(PriceChanged, $"'{line.ProductId}' costs {price}, and was ordered at {line.UnitPrice}."),
            _ => null,
        };
    }
}
