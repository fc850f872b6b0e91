namespace EventFunctions.Domain.Ordering;

/// <summary>So many pieces of one product at one price.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Quantity">How many pieces.</param>
/// <param name="UnitPrice">The price of one piece when the order was placed.</param>
public sealed record OrderLine(ProductId ProductId, Quantity Quantity, Money UnitPrice);
