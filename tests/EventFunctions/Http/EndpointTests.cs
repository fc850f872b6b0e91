using System.Text.Json;
using EventFunctions.Composition;
using EventFunctions.Domain;
using EventFunctions.Domain.Inventory;
using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Shipping;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Inventory.Api;
using EventFunctions.Ordering.Api;
using EventFunctions.Ordering.Saga;
using EventFunctions.Ordering.Views;
using EventFunctions.Shipping.Api;
using EventFunctions.Tests.Partners;
using EventFunctions.Tests.Saga;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Moq;

namespace EventFunctions.Tests.Http;

public sealed class EndpointTests : IAsyncDisposable
{
    private const string Secret = "a-secret-of-some-length";

    private const string Body = """
        {"customerId":"customer-1","currency":"EUR","paymentToken":"tok_ok",
         "shippingAddress":{"name":"A. Buyer","line1":"Street 1","postalCode":"12345","city":"Town","country":"DE"},
         "lines":[{"productId":"apple","quantity":2,"unitPrice":5.25}]}
        """;

    private readonly SagaWorld _world = new();
    private readonly RequestMetadata _metadata = new();

    private PlaceOrderEndpoint PlaceOrder => new(
        _world.Get<IAggregateRepository<Order, OrderEvent>>(), new PlaceOrderValidator(), _metadata, _world.Get<IOptions<OrderingOptions>>(), TimeProvider.System);

    private CancelOrderEndpoint CancelOrder => new(
        _world.Get<IAggregateRepository<Order, OrderEvent>>(),
        _world.Get<IEventLookup>(),
        _world.Starter,
        new CancelOrderValidator(),
        _metadata,
        TimeProvider.System,
        _world.Get<CustomerWords>());

    private ReplenishStockEndpoint Replenish => new(
        _world.Get<IAggregateRepository<StockItem, StockItemEvent>>(), new ReplenishValidator(), _metadata, TimeProvider.System);

    private ReceiveCarrierEventEndpoint Carrier => new(
        new CarrierSignature(Secret, TimeProvider.System),
        new CarrierEventValidator(),
        _world.Get<IAggregateRepository<Shipment, ShipmentEvent>>(),
        _world.Get<IEventLookup>(),
        _metadata,
        TimeProvider.System);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task An_order_is_placed_and_answered_with_its_place()
    {
        var call = await new HttpCall(Body).AnswerAsync(r => PlaceOrder.RunAsync(r, CancellationToken.None));

        var json = call.Json;
        var id = json.GetProperty("orderId").GetString();
        Assert.Equal((201, $"/api/orders/{id}", "\"1\""), (call.Response.StatusCode, call.Response.Headers.Location.ToString(), call.Response.Headers.ETag.ToString()));
        Assert.Equal("""{"amount":10.50,"currency":"EUR"}""", json.GetProperty("total").GetRawText());
        Assert.Equal(("Placed", 1), (json.GetProperty("status").GetString(), json.GetProperty("version").GetInt32()));
        Assert.Single(await EventsAsync(id!));
    }

    [Fact]
    public async Task The_same_order_five_times_at_once_under_one_key_is_one_order_with_one_answer()
    {
        var calls = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(
            () => new HttpCall(Body, (IdempotencyKey.Header, "key-1")).AnswerAsync(r => PlaceOrder.RunAsync(r, CancellationToken.None)))));

        Assert.All(calls, c => Assert.Equal(201, c.Response.StatusCode));
        var answer = Assert.Single(calls.Select(c => c.Json.GetRawText()).Distinct());
        Assert.Single(await EventsAsync(JsonDocument.Parse(answer).RootElement.GetProperty("orderId").GetString()!));
    }

    [Fact]
    public async Task The_answer_to_a_repeated_request_is_the_same_after_the_order_has_gone_on()
    {
        var first = await new HttpCall(Body, (IdempotencyKey.Header, "key-1")).AnswerAsync(r => PlaceOrder.RunAsync(r, CancellationToken.None));
        var id = new OrderId(Guid.ParseExact(first.Json.GetProperty("orderId").GetString()!, "N"));
        await _world.StartAsync();
        await _world.RunAsync(id);

        var again = await new HttpCall(Body, (IdempotencyKey.Header, "key-1")).AnswerAsync(r => PlaceOrder.RunAsync(r, CancellationToken.None));

        Assert.Equal(first.Json.GetRawText(), again.Json.GetRawText());
        Assert.Equal("\"1\"", again.Response.Headers.ETag.ToString());
    }

    [Fact]
    public async Task A_key_that_was_used_for_another_body_is_refused_and_writes_nothing()
    {
        var first = await new HttpCall(Body, (IdempotencyKey.Header, "key-1")).AnswerAsync(r => PlaceOrder.RunAsync(r, CancellationToken.None));

        var other = await new HttpCall(Body.Replace("\"quantity\":2", "\"quantity\":3", StringComparison.Ordinal), (IdempotencyKey.Header, "key-1"))
            .AnswerAsync(r => PlaceOrder.RunAsync(r, CancellationToken.None));

        Assert.Equal((422, "idempotency-key-reused"), (other.Response.StatusCode, other.Json.GetProperty("code").GetString()));
        Assert.Single(await EventsAsync(first.Json.GetProperty("orderId").GetString()!));
    }

    [Fact]
    public async Task A_rule_of_the_domain_is_422_with_its_code()
    {
        var twice = Body.Replace("]}", """,{"productId":"apple","quantity":1,"unitPrice":1}]}""", StringComparison.Ordinal);

        var call = await new HttpCall(twice).AnswerAsync(r => PlaceOrder.RunAsync(r, CancellationToken.None));

        Assert.Equal((422, "order-duplicate-product"), (call.Response.StatusCode, call.Json.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task An_order_is_cancelled_also_before_its_saga_was_started()
    {
        await _world.StartAsync();
        var order = await _world.PlaceAsync();

        var call = await CancelAsync(order.ToString(), """{"reason":"Too slow."}""");

        Assert.Equal((202, "Placed"), (call.Response.StatusCode, call.Json.GetProperty("status").GetString()));
        Assert.Equal((OrderSagaState.Compensated, SagaFailure.CancelledByCustomer), ((await _world.EndAsync(order)).State, (await _world.OrderAsync(order)).Cancellation!.Code));
        await _world.AssertUndoneAsync(order);
        var again = await CancelAsync(order.ToString(), body: null);
        Assert.Equal((202, "Cancelled"), (again.Response.StatusCode, again.Json.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task A_saga_that_ends_while_a_cancellation_is_considered_leaves_the_answer_to_the_order()
    {
        _world.Carrier.Refuses = true;
        await _world.StartAsync();
        var order = await _world.PlaceAsync();
        var orders = _world.Get<IAggregateRepository<Order, OrderEvent>>();
        var before = await orders.LoadAsync(Order.StreamOf(order));
        await _world.RunAsync(order);
        var late = new Mock<IAggregateRepository<Order, OrderEvent>>();
        late.SetupSequence(o => o.LoadAsync(Order.StreamOf(order), It.IsAny<CancellationToken>()))
            .ReturnsAsync(before).Returns(orders.LoadAsync(Order.StreamOf(order)));
        var endpoint = new CancelOrderEndpoint(
            late.Object, _world.Get<IEventLookup>(), _world.Starter, new CancelOrderValidator(), _metadata, TimeProvider.System, new CustomerWords());

        var call = await new HttpCall().AnswerAsync(r => endpoint.RunAsync(r, _world.Client, order.ToString(), CancellationToken.None));

        Assert.Equal((202, "Cancelled"), (call.Response.StatusCode, call.Json.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task What_cannot_be_cancelled_is_refused()
    {
        await _world.StartAsync();
        var order = await _world.PlaceAsync();

        Assert.Equal(404, (await CancelAsync("not-an-id", null)).Response.StatusCode);
        Assert.Equal(404, (await CancelAsync(Guid.NewGuid().ToString("N"), null)).Response.StatusCode);
        Assert.Equal(412, (await CancelAsync(order.ToString(), null, ("If-Match", "\"7\""))).Response.StatusCode);
        await _world.RunAsync(order);
        var late = await CancelAsync(order.ToString(), null);
        Assert.Equal((422, "order-not-cancellable"), (late.Response.StatusCode, late.Json.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Stock_is_replenished_once_per_key_and_only_at_the_expected_version()
    {
        var first = await ReplenishAsync("""{"quantity":10,"lowStockThreshold":2}""", (IdempotencyKey.Header, "key-1"));
        var again = await ReplenishAsync("""{"quantity":10,"lowStockThreshold":2}""", (IdempotencyKey.Header, "key-1"));
        var stale = await ReplenishAsync("""{"quantity":10}""", ("If-Match", "\"7\""));
        var expected = await ReplenishAsync("""{"quantity":5}""", ("If-Match", "\"1\""));

        Assert.Equal("""{"productId":"kiwi","onHand":10,"reserved":0,"available":10,"lowStockThreshold":2,"isLow":false,"version":1}""", first.Json.GetRawText());
        Assert.Equal(first.Json.GetRawText(), again.Json.GetRawText());
        Assert.Equal((412, "stale-version"), (stale.Response.StatusCode, stale.Json.GetProperty("code").GetString()));
        Assert.Equal((200, 15), (expected.Response.StatusCode, expected.Json.GetProperty("onHand").GetInt32()));
        Assert.Equal("\"2\"", expected.Response.Headers.ETag.ToString());
    }

    [Fact]
    public async Task The_carriers_reports_move_the_shipment_under_the_orders_own_correlation()
    {
        await _world.StartAsync();
        var order = await _world.PlaceAsync();
        await _world.RunAsync(order);

        var delivered = await ReportAsync(order.ToString(), $"shp-{order}", "delivered");
        var late = await ReportAsync(order.ToString(), $"shp-{order}", "dispatched");
        var repeated = await ReportAsync(order.ToString(), $"shp-{order}", "delivered");

        Assert.Equal((204, 204, 204), (delivered.Response.StatusCode, late.Response.StatusCode, repeated.Response.StatusCode));
        var events = await _world.EventsAsync(Shipment.StreamOf(order));
        Assert.Equal(["shipment-created", "shipment-dispatched", "shipment-delivered"], events.Select(e => e.Type));
        Assert.All(events, e => Assert.Equal("corr-1", e.Metadata.CorrelationId));
    }

    [Fact]
    public async Task Reports_that_are_not_the_carriers_or_not_about_our_shipments_change_nothing()
    {
        await _world.StartAsync();
        var order = await _world.PlaceAsync();
        await _world.RunAsync(order);

        Assert.Equal(401, (await ReportAsync(order.ToString(), $"shp-{order}", "delivered", secret: "another-secret-altogether")).Response.StatusCode);
        Assert.Equal(404, (await ReportAsync(order.ToString(), "another-shipment", "delivered")).Response.StatusCode);
        Assert.Equal(404, (await ReportAsync(Guid.NewGuid().ToString("N"), "shp", "delivered")).Response.StatusCode);
        Assert.Equal(404, (await ReportAsync("whatever", "shp", "delivered")).Response.StatusCode);
        Assert.Equal(400, (await ReportAsync(order.ToString(), $"shp-{order}", "lost")).Response.StatusCode);
        Assert.Single(await _world.EventsAsync(Shipment.StreamOf(order)));
    }

    [Fact]
    public async Task What_is_not_shown_yet_is_404()
    {
        var views = _world.Get<ServingViews>();
        var id = Guid.NewGuid().ToString("N");

        var order = await new HttpCall().AnswerAsync(r => new GetOrderEndpoint(views, new PastOrder(new PastReader(_world.Get<IEventStore>()), new OrderViewProjection())).RunAsync(r, id, CancellationToken.None));
        var timeline = await new HttpCall().AnswerAsync(r => new GetOrderTimelineEndpoint(views).RunAsync(r, id, CancellationToken.None));
        var stock = await new HttpCall().AnswerAsync(r => new GetStockEndpoint(views).RunAsync(r, "kiwi", CancellationToken.None));

        Assert.All(new[] { order, timeline, stock }, c => Assert.Equal(404, c.Response.StatusCode));
    }

    [Fact]
    public async Task A_customers_orders_come_in_pages_until_there_are_no_more()
    {
        var views = _world.Get<ServingViews>();
        var projections = _world.Get<LiveProjections>();
        for (var i = 0; i < 5; i++)
        {
            var id = new OrderId(Guid.NewGuid());
            await projections.HandleAsync(
                CustomerOrdersProjection.Kind, Publishing.EventSamples.Envelope(Publishing.EventSamples.Placed(id), Order.StreamOf(id)));
        }

        var seen = new List<string>();
        string? continuation = null;
        do
        {
            var call = new HttpCall();
            call.Request.QueryString = QueryString.Create([KeyValuePair.Create("pageSize", (string?)"2"), KeyValuePair.Create("continuation", continuation)]);
            await call.AnswerAsync(r => new ListCustomerOrdersEndpoint(views).RunAsync(r, "customer-1", CancellationToken.None));
            Assert.Equal(200, call.Response.StatusCode);
            seen.AddRange(call.Json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("orderId").GetString()!));
            continuation = call.Json.TryGetProperty("continuation", out var next) ? next.GetString() : null;
        }
        while (continuation is not null);

        Assert.Equal((5, 5), (seen.Count, seen.Distinct().Count()));
    }

    [Theory]
    [InlineData("?pageSize=0", "pageSize")]
    [InlineData("?pageSize=101", "pageSize")]
    [InlineData("?pageSize=ten", "pageSize")]
    [InlineData("?continuation=nonsense", "continuation")]
    public async Task A_page_that_cannot_be_is_400(string query, string field)
    {
        var call = new HttpCall();
        call.Request.QueryString = new QueryString(query);

        await call.AnswerAsync(r => new ListCustomerOrdersEndpoint(_world.Get<ServingViews>()).RunAsync(r, "customer-1", CancellationToken.None));

        Assert.Equal(400, call.Response.StatusCode);
        Assert.Equal(field, Assert.Single(call.Json.GetProperty("errors").EnumerateObject()).Name);
    }

    private Task<IReadOnlyList<EventEnvelope>> EventsAsync(string orderId) =>
        _world.EventsAsync(Order.StreamOf(new OrderId(Guid.ParseExact(orderId, "N"))));

    private Task<HttpCall> CancelAsync(string id, string? body, params (string, string)[] headers) =>
        new HttpCall(body, headers).AnswerAsync(r => CancelOrder.RunAsync(r, _world.Client, id, CancellationToken.None));

    private Task<HttpCall> ReplenishAsync(string body, params (string, string)[] headers) =>
        new HttpCall(body, headers).AnswerAsync(r => Replenish.RunAsync(r, "kiwi", CancellationToken.None));

    private Task<HttpCall> ReportAsync(string reference, string shipmentId, string status, string secret = Secret)
    {
        var body = JsonSerializer.Serialize(new
        {
            reference,
            carrierShipmentId = shipmentId,
            trackingNumber = "T1",
            status,
            occurredAt = "2026-01-01T12:00:00Z",
        });
        var signature = CarrierSignatureTests.Sign(System.Text.Encoding.UTF8.GetBytes(body), secret, DateTimeOffset.UtcNow);
        return new HttpCall(body, (CarrierSignature.Header, signature)).AnswerAsync(r => Carrier.RunAsync(r, CancellationToken.None));
    }
}
