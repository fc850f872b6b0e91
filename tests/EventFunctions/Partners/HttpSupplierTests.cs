using System.Net;
using EventFunctions.Domain;
using EventFunctions.Inventory.Replenishment;
using EventFunctions.Resilience;

namespace EventFunctions.Tests.Partners;

public sealed class HttpSupplierTests : IDisposable
{
    private static readonly Guid Key = new("6b1f2ad0-9f0e-4a52-8f0c-2f1f7c2e5a01");
    private readonly StubHandler _stub = new();

    public void Dispose() => _stub.Dispose();

    [Fact]
    public async Task An_order_is_placed_as_the_contract_says()
    {
        _stub.Answer = (_, _) => StubHandler.Json(HttpStatusCode.Created, """{"supplierOrderId":"sup-1"}""");

        Assert.Equal(new SupplierAnswer.Accepted("sup-1"), await OrderAsync());

        Assert.Equal(
            ("POST", "/supplier/orders", Key.ToString("N"), """{"reference":"ref-1","productId":"mug","quantity":26}"""), Assert.Single(_stub.Requests));
    }

    [Fact]
    public async Task A_refusal_is_an_answer()
    {
        _stub.Answer = (_, _) => StubHandler.Json(HttpStatusCode.UnprocessableEntity, """{"code":"product_discontinued","detail":"No longer."}""");

        Assert.Equal(new SupplierAnswer.Refused("product-discontinued", "No longer."), await OrderAsync());
    }

    [Fact]
    public async Task A_reminder_names_the_order()
    {
        _stub.Answer = (_, _) => StubHandler.Json(HttpStatusCode.Accepted, "{}");

        await Supplier().RemindAsync("sup/1", Key, CancellationToken.None);

        Assert.Equal(("POST", "/supplier/orders/sup%2F1/reminders", Key.ToString("N"), "{}"), Assert.Single(_stub.Requests));
    }

    [Fact]
    public async Task No_answer_and_an_answer_that_breaks_the_contract_are_told_apart()
    {
        _stub.Answer = (_, _) => StubHandler.Json(HttpStatusCode.ServiceUnavailable, "{}");
        await Assert.ThrowsAsync<ProviderUnavailableException>(OrderAsync);

        _stub.Answer = (_, _) => StubHandler.Json(HttpStatusCode.Created, "{}");
        await Assert.ThrowsAsync<ProviderContractException>(OrderAsync);

        _stub.Answer = (_, _) => StubHandler.Json(HttpStatusCode.NotFound, "{}");
        await Assert.ThrowsAsync<ProviderContractException>(() => Supplier().RemindAsync("sup-1", Key, CancellationToken.None));
    }

    private HttpSupplier Supplier() => new(new HttpClient(_stub, disposeHandler: false) { BaseAddress = new Uri("http://partner.test/supplier/") });

    private Task<SupplierAnswer> OrderAsync() => Supplier().OrderAsync("ref-1", new ProductId("mug"), new Quantity(26), Key, CancellationToken.None);
}
