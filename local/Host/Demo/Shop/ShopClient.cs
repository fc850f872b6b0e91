using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EventFunctions.Local.Host.Demo.Shop;

/// <summary>The app, as its HTTP clients see it.</summary>
internal sealed class ShopClient(HttpClient http)
{
    /// <summary>What is not said is left out: a field that may be absent may not be null.</summary>
    private static readonly JsonSerializerOptions Sent = new(JsonSerializerOptions.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Places an order.</summary>
    public Task<Reply<PlacedOrder>> PlaceAsync(
        OrderRequest order, string? idempotencyKey, string? correlationId, CancellationToken cancellationToken) =>
        PostAsync<PlacedOrder>("api/orders", order, idempotencyKey, correlationId, cancellationToken);

    /// <summary>Asks to cancel an order.</summary>
    public Task<Reply<CustomerOrder>> CancelAsync(string orderId, string reason, CancellationToken cancellationToken) =>
        PostAsync<CustomerOrder>($"api/orders/{orderId}/cancel", new { reason }, null, null, cancellationToken);

    /// <summary>Describes a new product and puts it on sale.</summary>
    public async Task<Reply<Product>> OfferAsync(string productId, decimal price, string currency, CancellationToken cancellationToken)
    {
        var product = new { productId, sku = productId.ToUpperInvariant(), name = productId, category = "demo", price = new Price(price, currency) };
        var created = await PostAsync<Product>("api/products", product, $"create-{productId}", null, cancellationToken);
        return created.Value is null
            ? created
            : await PostAsync<Product>($"api/products/{productId}/activate", new { }, $"activate-{productId}", null, cancellationToken);
    }

    /// <summary>Adds to a product's stock.</summary>
    public Task<Reply<Stock>> ReplenishAsync(
        string productId, int quantity, CancellationToken cancellationToken, int? lowStockThreshold = null) => PostAsync<Stock>(
            $"api/inventory/{productId}/replenish", new { quantity, lowStockThreshold }, $"replenish-{productId}", null, cancellationToken);

    /// <summary>An order's view, or <see langword="null"/> while there is none.</summary>
    public Task<OrderView?> FindOrderAsync(string orderId, CancellationToken cancellationToken) =>
        FindAsync<OrderView>($"api/orders/{orderId}", cancellationToken);

    /// <summary>An order's timeline, or <see langword="null"/> while there is none.</summary>
    public Task<Timeline?> FindTimelineAsync(string orderId, CancellationToken cancellationToken) =>
        FindAsync<Timeline>($"api/orders/{orderId}/timeline", cancellationToken);

    /// <summary>A product's stock, or <see langword="null"/> while there is none.</summary>
    public Task<Stock?> FindStockAsync(string productId, CancellationToken cancellationToken) =>
        FindAsync<Stock>($"api/inventory/{productId}", cancellationToken);

    /// <summary>All orders of a customer, page after page.</summary>
    public async Task<IReadOnlyList<CustomerOrder>> ListOrdersAsync(string customerId, CancellationToken cancellationToken)
    {
        var orders = new List<CustomerOrder>();
        string? continuation = null;
        do
        {
            var query = continuation is null ? "pageSize=20" : $"pageSize=20&continuation={Uri.EscapeDataString(continuation)}";
            var page = await FindAsync<CustomerOrders>($"api/customers/{customerId}/orders?{query}", cancellationToken);
            orders.AddRange(page?.Items ?? []);
            continuation = page?.Continuation;
        }
        while (continuation is not null);

        return orders;
    }

    private async Task<Reply<T>> PostAsync<T>(
        string path, object body, string? idempotencyKey, string? correlationId, CancellationToken cancellationToken)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, options: Sent) };
        AddHeader(request, "Idempotency-Key", idempotencyKey);
        AddHeader(request, "X-Correlation-Id", correlationId);
        using var response = await http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        var value = response.IsSuccessStatusCode ? JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Web) : null;
        return new Reply<T>(response.StatusCode, text, value);
    }

    private async Task<T?> FindAsync<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        if (!response.IsSuccessStatusCode)
        {
            throw new UnexpectedReplyException($"GET {path} was answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }

        return await response.Content.ReadFromJsonAsync<T>(cancellationToken);
    }

    private static void AddHeader(HttpRequestMessage request, string name, string? value)
    {
        if (value is not null)
        {
            request.Headers.Add(name, value);
        }
    }
}
