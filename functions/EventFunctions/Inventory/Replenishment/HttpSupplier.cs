using System.Net;
using EventFunctions.Domain;
using EventFunctions.Resilience;

namespace EventFunctions.Inventory.Replenishment;

/// <summary>The supplier's HTTP API.</summary>
/// <param name="client">Has the supplier's base address and the resilience pipeline.</param>
public sealed class HttpSupplier(HttpClient client) : ISupplier
{
    private const string Provider = "The supplier";
    private static readonly int[] Refusals = [(int)HttpStatusCode.UnprocessableEntity];
    private readonly ProviderHttp _http = new(client, Provider);

    /// <inheritdoc/>
    public async Task<SupplierAnswer> OrderAsync(
        string reference, ProductId productId, Quantity quantity, Guid key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(productId);
        ArgumentNullException.ThrowIfNull(quantity);
        var body = new { reference, productId = productId.Value, quantity = quantity.Value };
        using var response = await _http.SendAsync(HttpMethod.Post, "orders", body, key, Refusals, cancellationToken);
        if (response.StatusCode == HttpStatusCode.UnprocessableEntity)
        {
            var refusal = await _http.ReadAsync<RefusalBody>(response, cancellationToken);
            return new SupplierAnswer.Refused(
                Present(refusal.Code, "code").Replace('_', '-'), refusal.Detail ?? refusal.Message ?? "The supplier refused.");
        }

        var order = await _http.ReadAsync<OrderBody>(response, cancellationToken);
        return new SupplierAnswer.Accepted(Present(order.SupplierOrderId, "supplierOrderId"));
    }

    /// <inheritdoc/>
    public async Task RemindAsync(string supplierOrderId, Guid key, CancellationToken cancellationToken)
    {
        var path = $"orders/{Uri.EscapeDataString(supplierOrderId)}/reminders";
        using var response = await _http.SendAsync(HttpMethod.Post, path, new { }, key, refusals: [], cancellationToken);
    }

    private static string Present(string? value, string field) => string.IsNullOrEmpty(value)
        ? throw new ProviderContractException(Provider, "read an answer", $"'{field}' is missing")
        : value;

    private sealed record OrderBody(string? SupplierOrderId);

    private sealed record RefusalBody(string? Code, string? Message, string? Detail);
}
