using System.Text.Json.Serialization;

namespace EventFunctions.Payments.Saga;

/// <summary>What a payment's saga does. The names are stored with running sagas, so they are fixed here.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PaymentOperation>))]
public enum PaymentOperation
{
    /// <summary>Hold the order's total on the card.</summary>
    [JsonStringEnumMemberName("authorize")]
    Authorize,

    /// <summary>Take what is held: the whole, or the named amount of it.</summary>
    [JsonStringEnumMemberName("capture")]
    Capture,

    /// <summary>Give the hold up; refused where money was taken.</summary>
    [JsonStringEnumMemberName("void")]
    Void,

    /// <summary>Pay the named amount back.</summary>
    [JsonStringEnumMemberName("refund")]
    Refund,

    /// <summary>Give everything back, by whichever of the two the provider's books call for.</summary>
    [JsonStringEnumMemberName("reverse")]
    Reverse,
}
