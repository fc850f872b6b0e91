using System.Text.Json.Serialization;

namespace EventFunctions.Domain.Customers;

/// <summary>
/// How an account stands: registered → active → deactivated, and from there active again; erased from any of them. The names are
/// stored and shown, so they are fixed here.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<CustomerStatus>))]
public enum CustomerStatus
{
    /// <summary>There is no such account.</summary>
    [JsonStringEnumMemberName("None")]
    None = 0,

    /// <summary>There is one, and nobody has shown yet that the address is theirs.</summary>
    [JsonStringEnumMemberName("Registered")]
    Registered = 1,

    /// <summary>The customer has shown that an address is theirs.</summary>
    [JsonStringEnumMemberName("Active")]
    Active = 2,

    /// <summary>The account is closed; it can be opened again unless no address was ever shown to be the customer's.</summary>
    [JsonStringEnumMemberName("Deactivated")]
    Deactivated = 3,

    /// <summary>Everything personal is gone. Final.</summary>
    [JsonStringEnumMemberName("Erased")]
    Erased = 4,
}
