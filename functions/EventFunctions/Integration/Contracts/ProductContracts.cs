namespace EventFunctions.Integration.Contracts;

/// <summary>A product is described; whether it is sold, other contracts tell.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Category">What it is sorted under.</param>
/// <param name="Price">The price of one piece from now on.</param>
[Contract("shop.product.described")]
public sealed record ShopProductDescribed(string ProductId, string Name, string Category, ContractMoney Price) : IntegrationEvent;

/// <summary>A product is sold from now on.</summary>
/// <param name="ProductId">The product.</param>
[Contract("shop.product.offered")]
public sealed record ShopProductOffered(string ProductId) : IntegrationEvent;

/// <summary>A product is not sold any more, or not for now.</summary>
/// <param name="ProductId">The product.</param>
[Contract("shop.product.withdrawn")]
public sealed record ShopProductWithdrawn(string ProductId) : IntegrationEvent;
