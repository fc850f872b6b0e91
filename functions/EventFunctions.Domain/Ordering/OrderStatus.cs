using System.Text.Json.Serialization;

namespace EventFunctions.Domain.Ordering;

/// <summary>
/// How far an order has come: placed → confirmed → paid → shipped → delivered, one step at a time; cancelled from any step
/// before shipped. The numbers grow along the way; the names are stored and shown, so they are fixed here.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<OrderStatus>))]
public enum OrderStatus
{
    /// <summary>There is no such order.</summary>
    [JsonStringEnumMemberName("None")]
    None = 0,

    /// <summary>The customer has ordered.</summary>
    [JsonStringEnumMemberName("Placed")]
    Placed = 1,

    /// <summary>The stock is reserved and the payment authorised.</summary>
    [JsonStringEnumMemberName("Confirmed")]
    Confirmed = 2,

    /// <summary>The payment is captured.</summary>
    [JsonStringEnumMemberName("Paid")]
    Paid = 3,

    /// <summary>The carrier has taken the order on.</summary>
    [JsonStringEnumMemberName("Shipped")]
    Shipped = 4,

    /// <summary>The parcel has arrived. Final.</summary>
    [JsonStringEnumMemberName("Delivered")]
    Delivered = 5,

    /// <summary>Nothing will be delivered. Final.</summary>
    [JsonStringEnumMemberName("Cancelled")]
    Cancelled = 6,
}
