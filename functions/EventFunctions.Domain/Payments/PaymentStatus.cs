using System.Text.Json.Serialization;

namespace EventFunctions.Domain.Payments;

/// <summary>How far a payment has come. The names are stored, so they are fixed here.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PaymentStatus>))]
public enum PaymentStatus
{
    /// <summary>There is no such payment.</summary>
    [JsonStringEnumMemberName("None")]
    None = 0,

    /// <summary>The provider is being asked.</summary>
    [JsonStringEnumMemberName("Processing")]
    Processing = 1,

    /// <summary>The provider holds the amount for us.</summary>
    [JsonStringEnumMemberName("Authorized")]
    Authorized = 2,

    /// <summary>Money has been taken; some of it may be refunded.</summary>
    [JsonStringEnumMemberName("Captured")]
    Captured = 3,

    /// <summary>The authorisation or the capture failed. An authorisation that is held stays held until it is voided.</summary>
    [JsonStringEnumMemberName("Failed")]
    Failed = 4,

    /// <summary>The authorisation is given up; nothing was taken. Final.</summary>
    [JsonStringEnumMemberName("Voided")]
    Voided = 5,

    /// <summary>All that was taken is given back. Final.</summary>
    [JsonStringEnumMemberName("Refunded")]
    Refunded = 6,
}
