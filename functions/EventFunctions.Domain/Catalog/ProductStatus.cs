using System.Text.Json.Serialization;

namespace EventFunctions.Domain.Catalog;

/// <summary>
/// Whether a product is sold: draft → active ⇄ inactive → deleted; a draft can be deleted as well. The names are stored and
/// shown, so they are fixed here.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<ProductStatus>))]
public enum ProductStatus
{
    /// <summary>There is no such product.</summary>
    [JsonStringEnumMemberName("None")]
    None = 0,

    /// <summary>It is described and was never sold.</summary>
    [JsonStringEnumMemberName("Draft")]
    Draft = 1,

    /// <summary>It is sold.</summary>
    [JsonStringEnumMemberName("Active")]
    Active = 2,

    /// <summary>It was sold and is not at present.</summary>
    [JsonStringEnumMemberName("Inactive")]
    Inactive = 3,

    /// <summary>It is gone, and its id is not used again. Final.</summary>
    [JsonStringEnumMemberName("Deleted")]
    Deleted = 4,
}
