using System.Text.Json.Serialization;

namespace EventFunctions.Domain.Inventory;

/// <summary>A reservation that has ended.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Quantity">How many pieces it was for.</param>
/// <param name="Outcome">How it ended.</param>
public sealed record ClosedReservation(OrderId OrderId, Quantity Quantity, ReservationOutcome Outcome);

/// <summary>How a reservation ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReservationOutcome>))]
public enum ReservationOutcome
{
    /// <summary>The pieces can be sold to others again.</summary>
    [JsonStringEnumMemberName("released")]
    Released = 0,

    /// <summary>The pieces have left with the order.</summary>
    [JsonStringEnumMemberName("committed")]
    Committed = 1,
}
