using System.Text.Json.Serialization;

namespace EventFunctions.Domain.Customers;

/// <summary>How well a customer is served. The numbers grow with it; the names are stored and shown, so they are fixed here.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CustomerTier>))]
public enum CustomerTier
{
    /// <summary>As everybody is.</summary>
    [JsonStringEnumMemberName("Standard")]
    Standard = 0,

    /// <summary>Better.</summary>
    [JsonStringEnumMemberName("Silver")]
    Silver = 1,

    /// <summary>Better still.</summary>
    [JsonStringEnumMemberName("Gold")]
    Gold = 2,

    /// <summary>Best.</summary>
    [JsonStringEnumMemberName("Platinum")]
    Platinum = 3,
}
