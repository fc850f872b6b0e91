using EventFunctions.Local.Host.Sandbox.Exchange;

namespace EventFunctions.Local.Host.Sandbox.Carrier;

/// <summary>The carrier's rules, with its failure switches by postal code.</summary>
internal static class CarrierRules
{
    /// <summary>Whether the carrier goes there at all.</summary>
    public static bool IsServiceable(ParcelAddress address) => address.PostalCode != "00000";

    /// <summary>Whether a parcel to this address ever arrives.</summary>
    public static bool Arrives(ParcelAddress address) => address.PostalCode != "99999";

    /// <summary>The fault that an address asks for.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="attempt">The number of the try, from 1.</param>
    public static Fault FaultOf(ParcelAddress address, int attempt) => address.PostalCode switch
    {
        "50000" => new Fault.Fail(500),
        "50300" => Fault.Flaky(attempt, 503),
        "40800" => Fault.HangOnce(attempt),
        _ => new Fault.None(),
    };

    /// <summary>The status after a step, or <see langword="null"/> where the step is not possible any more.</summary>
    /// <param name="now">How far the parcel is.</param>
    /// <param name="step">Where it should get.</param>
    public static ParcelStatus? Move(ParcelStatus now, ParcelStatus step) => (now, step) switch
    {
        (ParcelStatus.Accepted, ParcelStatus.Dispatched) => step,
        (ParcelStatus.Dispatched, ParcelStatus.Delivered) => step,
        (ParcelStatus.Accepted or ParcelStatus.Dispatched or ParcelStatus.Cancelled, ParcelStatus.Cancelled) => step,
        _ => null,
    };
}
