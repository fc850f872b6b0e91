using System.Text.Json;
using System.Text.Json.Nodes;
using EventFunctions.EventSourcing;

namespace EventFunctions.Domain.Ordering;

/// <summary>
/// <c>order-placed</c> as it was stored in version 1: prices are bare numbers, because the shop sold in euros alone, and where
/// an order was sent to was not part of it.
/// </summary>
/// <param name="OrderId">The order.</param>
/// <param name="CustomerId">Whose order it is.</param>
/// <param name="Lines">What is ordered.</param>
/// <param name="Total">The sum of the lines, in euros and whole cents.</param>
/// <param name="PaymentToken">What it is paid with.</param>
[RetiredEvent("order-placed", 1)]
public sealed record OrderPlacedV1(
    OrderId OrderId,
    [property: DataSubject] CustomerId CustomerId,
    IReadOnlyList<OrderLineV1> Lines,
    decimal Total,
    [property: PersonalData] PaymentToken PaymentToken);

/// <summary>A line of <c>order-placed</c>, version 1.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Quantity">How many pieces.</param>
/// <param name="UnitPrice">The price of one piece, in euros and whole cents.</param>
public sealed record OrderLineV1(ProductId ProductId, Quantity Quantity, decimal UnitPrice);

/// <summary>Gives the prices their currency, and says of the address that it was not recorded.</summary>
public sealed class OrderPlacedV1Upcaster : IEventUpcaster
{
    private const string Currency = "EUR";

    /// <inheritdoc/>
    public Type Shape => typeof(OrderPlacedV1);

    /// <inheritdoc/>
    public JsonObject Upcast(JsonObject data)
    {
        ArgumentNullException.ThrowIfNull(data);
        foreach (var line in data["lines"]!.AsArray())
        {
            line!["unitPrice"] = Euros(line["unitPrice"]!);
        }

        data["total"] = Euros(data["total"]!);
        data["shippingAddress"] = JsonSerializer.SerializeToNode(Address.NotRecorded, EventJson.Options);
        return data;
    }

    private static JsonObject Euros(JsonNode amount) => new() { ["amount"] = amount.DeepClone(), ["currency"] = Currency };
}
