using EventFunctions.Domain;

namespace EventFunctions.Http;

/// <summary>Ids in routes.</summary>
public static class RouteId
{
    /// <summary>The order a route names.</summary>
    /// <exception cref="ProblemException">404: no order can have that id.</exception>
    public static OrderId Order(string text) => OrderId.TryCreate(text, out var id) ? id : throw Unknown("order-not-found", "order", text);

    /// <summary>The product a route names.</summary>
    /// <exception cref="ProblemException">404: no product can have that id.</exception>
    public static ProductId Product(string text) =>
        ProductId.TryCreate(text, out var id) ? id : throw Unknown("product-not-found", "product", text);

    /// <summary>The customer a route names.</summary>
    /// <exception cref="ProblemException">404: no customer can have that id.</exception>
    public static CustomerId Customer(string text) =>
        CustomerId.TryCreate(text, out var id) ? id : throw Unknown("customer-not-found", "customer", text);

    private static ProblemException Unknown(string code, string what, string id) =>
        new(Problem.NotFound(code, $"There is no {what} '{id}'."));
}
