using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventFunctions.EndToEnd.Tests.BadInput;

/// <summary>Everything that can be wrong with a request.</summary>
internal static class BadRequests
{
    public const string UsedKey = "a-key-that-was-used";

    private static readonly string NobodysOrder = Guid.NewGuid().ToString("N");

    public static IReadOnlyList<BadRequest> All { get; } =
    [
        Order("no JSON at all", "{\"customerId\":", 400),
        Order("an empty body", string.Empty, 400),
        Order("an array", "[]", 400),
        Order("nothing in it", "{}", 400, "customerId", "currency", "paymentToken", "shippingAddress", "lines"),
        Order(
            "every field wrong",
            """
            {"customerId":"no spaces!","currency":"XXX","paymentToken":"","shippingAddress":{"name":"","line1":"","postalCode":"","city":"","country":"Germany"},
             "lines":[{"productId":"","quantity":-1,"unitPrice":-5},{"productId":"cup","quantity":0,"unitPrice":1}]}
            """,
            400,
            "customerId",
            "currency",
            "paymentToken",
            "shippingAddress.name",
            "shippingAddress.line1",
            "shippingAddress.country",
            "lines[0].productId",
            "lines[0].quantity",
            "lines[0].unitPrice",
            "lines[1].quantity"),
        Order("a negative quantity", With("lines", Lines(1, quantity: -1)), 400, "lines[0].quantity"),
        Order("half a piece", With("lines", Lines(1, quantity: 0.5m)), 400, "lines[0].quantity"),
        Order("a fraction of a cent", With("lines", Lines(1, price: 1.001m)), 400, "lines[0].unitPrice"),
        Order("an unknown currency", With("currency", "XXX"), 400, "currency"),
        Order("no lines", With("lines", new JsonArray()), 400, "lines"),
        Order("more than 90 lines", With("lines", Lines(91)), 400, "lines"),
        Order("a number where a text belongs", With("customerId", 7), 400),
        Order("more than 256 KB", With("customerId", new string('x', 257 * 1024)), 413),
        Order("a key used with another body", With("customerId", "somebody-else"), 422) with { Code = "idempotency-key-reused", Header = ("Idempotency-Key", UsedKey) },
        Order("an empty key", With("customerId", "somebody"), 400) with { Header = ("Idempotency-Key", " ") },

        Order("a form", "customerId=ada", 415) with { ContentType = "application/x-www-form-urlencoded" },
        Order("a name given twice", """{"customerId":"ada","customerId":"bob"}""", 400, "customerId"),
        Order("half a character", With("customerId", "x").Replace("\"x\"", "\"\\ud800\"", StringComparison.Ordinal), 400, "customerId"),
        Order("a number beyond all numbers", With("lines", Lines(1)).Replace("\"quantity\":1", "\"quantity\":1e400", StringComparison.Ordinal), 400, "lines[0].quantity"),
        Order("a bottomless nest", $$"""{"lines":{{new string('[', 2000)}}""", 400),

        new("an address that there is not", "GET", "api/nothing/here", 404, "route-not-found"),
        new("a method that the address does not take", "DELETE", $"api/orders/{NobodysOrder}", 405, "method-not-allowed"),
        new("an order that there is not", "GET", $"api/orders/{NobodysOrder}", 404),
        new("an order id that is none", "GET", "api/orders/not-an-id", 404),
        new("a timeline of no order", "GET", $"api/orders/{NobodysOrder}/timeline", 404),
        new("stock that there is not", "GET", "api/inventory/nobody-sells-this", 404),
        new("a page of nothing", "GET", "api/customers/ada/orders?pageSize=0", 400),
        new("a page of everything", "GET", "api/customers/ada/orders?pageSize=100000", 400),
        new("a continuation of nothing", "GET", "api/customers/ada/orders?continuation=%7Bnone", 400),

        new("a past of no order", "GET", $"api/orders/{NobodysOrder}?version=1", 404, "order-not-found"),
        new("a version to come", "GET", "api/orders/{delivered}?version=6", 404, "order-version-not-found"),
        new("a time before the order", "GET", "api/orders/{delivered}?asOf=2001-01-01T00:00:00Z", 404, "order-not-yet-placed"),
        new("a time that is none", "GET", "api/orders/{delivered}?asOf=noon", 400) { Fields = ["asOf"] },
        new("a time without offset", "GET", "api/orders/{delivered}?asOf=2026-01-01T00:00:00", 400) { Fields = ["asOf"] },
        new("a version before the first", "GET", "api/orders/{delivered}?version=0", 400) { Fields = ["version"] },
        new("two moments at once", "GET", "api/orders/{delivered}?version=1&asOf=2026-01-01T00:00:00Z", 400) { Fields = ["asOf", "version"] },
        new("a stream whose name is none", "GET", "api/admin/streams/nothing/events", 404, "stream-not-found"),
        new("a direction that there is not", "GET", "api/admin/streams/ordering-{delivered}/events?direction=up", 400) { Fields = ["direction"] },
        new("a continuation of no stream", "GET", "api/admin/streams/ordering-{delivered}/events?continuation=nonsense", 400) { Fields = ["continuation"] },
        new("a continuation of no question", "GET", "api/admin/events?continuation=nonsense", 400) { Fields = ["continuation"] },
        new("a type of event that there is not", "GET", "api/admin/events?type=order-plaecd", 400) { Fields = ["type"] },
        new("a window that ends before it begins", "GET", "api/admin/events?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", 400) { Fields = ["to"] },

        new("a cancellation of no order", "POST", $"api/orders/{NobodysOrder}/cancel", 404) { Body = "{}" },
        new("a cancellation after delivery", "POST", "api/orders/{delivered}/cancel", 422, "order-not-cancellable") { Body = "{}" },
        new("a cancellation of what has changed", "POST", "api/orders/{delivered}/cancel", 412) { Body = "{}", Header = ("If-Match", "\"1\"") },
        new("a cancellation that rings the bell", "POST", "api/orders/{delivered}/cancel", 400) { Body = """{"reason":"\u0007"}""", Fields = ["reason"] },
        new("a cancellation with no JSON", "POST", "api/orders/{delivered}/cancel", 400) { Body = "{" },

        new("a replenishment of less than nothing", "POST", "api/inventory/{product}/replenish", 400) { Body = "{\"quantity\":-1}", Fields = ["quantity"] },
        new("a replenishment of nothing", "POST", "api/inventory/{product}/replenish", 400) { Body = "{}", Fields = ["quantity"] },
        new("a replenishment of what has changed", "POST", "api/inventory/{product}/replenish", 412) { Body = "{\"quantity\":1}", Header = ("If-Match", "\"1\"") },
        new("a product id that is none", "POST", "api/inventory/no%20spaces/replenish", 404) { Body = "{\"quantity\":1}" },

        new("a product without anything", "POST", "api/products", 400) { Body = "{}", Fields = ["productId", "sku", "name", "category", "price"] },
        new("a product that there is not", "GET", "api/products/nobody-sells-this", 404, "product-not-found"),
        new("a product described anew that there is not", "PUT", "api/products/nobody-sells-this", 404, "product-not-found")
        {
            Body = """{"name":"N","category":"c","price":{"amount":1,"currency":"EUR"}}""",
        },
        new("a product that is sold still, deleted", "DELETE", "api/products/{product}", 422, "product-still-active"),
        new("a pause of what has changed", "POST", "api/products/{product}/deactivate", 412) { Header = ("If-Match", "\"1\"") },
        new("a price range in no currency", "GET", "api/products?minPrice=1", 400) { Fields = ["currency"] },
        new("a continuation of no search", "GET", "api/products?continuation=nonsense", 400) { Fields = ["continuation"] },
        new("a page of no stock", "GET", "api/stock/low?pageSize=0", 400) { Fields = ["pageSize"] },
        new("a supplier's word without signature", "POST", "api/suppliers/confirmations", 401) { Body = "{}" },
        new("a replenishment that there is not", "POST", "api/admin/replenishments/nothing/confirm", 404, "replenishment-not-found") { Body = "{\"quantity\":1}" },

        new("a notice without signature", "POST", "api/carrier/events", 401) { Body = "{}" },
        new("a notice with a wrong signature", "POST", "api/carrier/events", 401) { Body = "{}", Header = ("X-Carrier-Signature", "t=1,v1=00") },
    ];

    /// <summary>An order that nothing is wrong with.</summary>
    public static JsonObject Good => JsonNode.Parse("""
        {"customerId":"ada","currency":"EUR","paymentToken":"tok_ok",
         "shippingAddress":{"name":"Ada","line1":"1 Sample Street","postalCode":"10115","city":"Sampleton","country":"DE"}}
        """)!.AsObject();

    private static BadRequest Order(string name, string body, int status, params string[] fields) =>
        new($"an order: {name}", "POST", "api/orders", status) { Body = body, Fields = fields };

    private static string With(string property, JsonNode value)
    {
        var order = Good;
        order["lines"] = Lines(1);
        order[property] = value;
        return order.ToJsonString();
    }

    private static JsonArray Lines(int count, decimal quantity = 1, decimal price = 1) => new(
        [.. Enumerable.Range(0, count).Select(number => JsonSerializer.SerializeToNode(new { productId = $"p-{number}", quantity, unitPrice = price }))]);
}
