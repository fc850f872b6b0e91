using System.Text.Json.Serialization;

namespace EventFunctions.Domain.Shipping;

/// <summary>How far a shipment has come. The names are stored, so they are fixed here.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ShipmentStatus>))]
public enum ShipmentStatus
{
    /// <summary>There is no such shipment.</summary>
    [JsonStringEnumMemberName("None")]
    None = 0,

    /// <summary>The carrier has taken it on.</summary>
    [JsonStringEnumMemberName("Created")]
    Created = 1,

    /// <summary>It is on its way.</summary>
    [JsonStringEnumMemberName("Dispatched")]
    Dispatched = 2,

    /// <summary>It has arrived. Final.</summary>
    [JsonStringEnumMemberName("Delivered")]
    Delivered = 3,

    /// <summary>The carrier will not deliver it. Final.</summary>
    [JsonStringEnumMemberName("Cancelled")]
    Cancelled = 4,
}
