using EventFunctions.Composition;
using EventFunctions.Domain;
using EventFunctions.Domain.Payments;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Ordering.Saga;
using EventFunctions.Payments.Api;
using EventFunctions.Payments.Saga;
using EventFunctions.Sagas;
using EventFunctions.Tests.Http;
using Microsoft.Extensions.Options;

namespace EventFunctions.Tests.Saga;

/// <summary>What operators ask of a payment over HTTP.</summary>
public sealed class PaymentEndpointTests : IAsyncDisposable
{
    private readonly SagaWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_part_is_refunded_once_for_its_key_and_where_it_stands_can_be_read()
    {
        var order = await SoldAsync();

        var first = await RefundAsync(order, """{"amount":4.5,"reason":"One apple was bruised."}""", "key-1");
        var ended = await EndAsync(order, first);
        var again = await RefundAsync(order, """{"amount":4.5,"reason":"One apple was bruised."}""", "key-1");

        Assert.Equal((202, 202), (first.Response.StatusCode, again.Response.StatusCode));
        Assert.Equal(first.Response.Headers.Location.ToString(), again.Response.Headers.Location.ToString());
        Assert.Equal((PaymentSagaState.Refunded, "One apple was bruised."), (ended.Json.GetProperty("state").GetString(), ended.Json.GetProperty("reason").GetString()));
        Assert.Equal(4.5m, _world.Payments.Held(order.ToString())!.Refunded);
        Assert.Single(_world.Payments.Calls, c => c == "refund");
    }

    [Fact]
    public async Task All_that_is_left_is_refunded_where_no_amount_is_given()
    {
        var order = await SoldAsync();
        await EndAsync(order, await RefundAsync(order, """{"amount":10,"reason":"First."}""", "key-1"));

        await EndAsync(order, await RefundAsync(order, """{"reason":"The rest."}""", "key-2"));

        Assert.Equal((30m, PaymentStatus.Refunded), (_world.Payments.Held(order.ToString())!.Refunded, (await _world.PaymentAsync(order)).Status));
    }

    [Theory]
    [InlineData("""{"amount":30.01,"reason":"Too much."}""", 422, PaymentRejections.RefundTooLarge)]
    [InlineData("""{"amount":1.001,"reason":"Too fine."}""", 400, "validation-failed")]
    [InlineData("""{"amount":0}""", 400, "validation-failed")]
    public async Task A_refund_that_cannot_be_is_refused_before_anything_is_started(string body, int status, string code)
    {
        var order = await SoldAsync();

        var call = await RefundAsync(order, body, "key-1");

        Assert.Equal((status, code), (call.Response.StatusCode, call.Json.GetProperty("code").GetString()));
        Assert.DoesNotContain("refund", _world.Payments.Calls);
    }

    [Fact]
    public async Task A_key_that_was_used_for_another_amount_is_refused_and_so_is_an_old_version()
    {
        var order = await SoldAsync();
        await EndAsync(order, await RefundAsync(order, """{"amount":10,"reason":"First."}""", "key-1"));

        var reused = await RefundAsync(order, """{"amount":11,"reason":"First."}""", "key-1");
        var stale = await RefundAsync(order, """{"amount":1,"reason":"Second."}""", "key-2", ("If-Match", "\"3\""));

        Assert.Equal((422, "idempotency-key-reused"), (reused.Response.StatusCode, reused.Json.GetProperty("code").GetString()));
        Assert.Equal(412, stale.Response.StatusCode);
        Assert.Equal(10m, _world.Payments.Held(order.ToString())!.Refunded);
    }

    [Fact]
    public async Task A_part_is_captured_of_what_an_ended_saga_left_held_and_not_while_the_saga_runs()
    {
        var goOn = new TaskCompletionSource();
        _world.Dispatcher.Before = (activity, _) => activity switch
        {
            OrderSteps.ConfirmOrder => goOn.Task.ContinueWith<Task>(_ => throw new TimeoutException(), TaskScheduler.Default).Unwrap(),
            OrderSteps.ReversePayment => throw new TimeoutException("The provider is away."),
            _ => Task.CompletedTask,
        };
        await _world.StartAsync();
        var order = await _world.PlaceAsync();
        await _world.StartSagaAsync(order);
        await Support.Eventually.HoldsAsync(() => _world.Dispatcher.Invocations.Any(i => i.Name == OrderSteps.ConfirmOrder), "the payment is authorised");

        var early = await CaptureAsync(order, """{"amount":12,"reason":"A part was sent."}""", "key-1");
        goOn.SetResult();
        Assert.Equal(OrderSagaState.CompensationFailed, (await _world.EndAsync(order)).State);
        var late = await EndAsync(order, await CaptureAsync(order, """{"amount":12,"reason":"A part was sent."}""", "key-1"));

        Assert.Equal((409, CapturePaymentEndpoint.InUseCode), (early.Response.StatusCode, early.Json.GetProperty("code").GetString()));
        Assert.Equal(PaymentSagaState.Captured, late.Json.GetProperty("state").GetString());
        Assert.Equal(12m, _world.Payments.Held(order.ToString())!.Captured);
        var payment = await new HttpCall().AnswerAsync(r => new GetPaymentEndpoint(Operations()).RunAsync(r, order.ToString(), CancellationToken.None));
        Assert.Equal(("Captured", 12m), (payment.Json.GetProperty("status").GetString(), payment.Json.GetProperty("captured").GetProperty("amount").GetDecimal()));
    }

    [Fact]
    public async Task There_is_no_payment_and_no_operation_of_an_order_that_is_not_there()
    {
        await _world.StartAsync();
        var order = new OrderId(Guid.NewGuid());

        Assert.Equal(404, (await RefundAsync(order, """{"amount":1,"reason":"Why not."}""", "key-1")).Response.StatusCode);
        Assert.Equal(404, (await GetAsync(order, "refund-1")).Response.StatusCode);
    }

    private async Task<OrderId> SoldAsync()
    {
        await _world.StartAsync();
        var order = await _world.PlaceAsync();
        Assert.Equal(OrderSagaState.Completed, (await _world.RunAsync(order)).State);
        return order;
    }

    private PaymentOperations Operations() => new(
        _world.Get<IAggregateRepository<Payment, PaymentEvent>>(), new RequestMetadata(), _world.Get<IOptions<OrderingOptions>>(), _world.Get<SagaInstances>());

    private MoveMoney Money() => new(Operations(), new MoveMoneyValidator(), TimeProvider.System);

    private Task<HttpCall> RefundAsync(OrderId order, string body, string key, params (string, string)[] headers) =>
        new HttpCall(body, [(IdempotencyKey.Header, key), .. headers]).AnswerAsync(
            r => new RefundPaymentEndpoint(Money()).RunAsync(r, _world.Client, order.ToString(), CancellationToken.None));

    private Task<HttpCall> CaptureAsync(OrderId order, string body, string key) => new HttpCall(body, (IdempotencyKey.Header, key)).AnswerAsync(
        r => new CapturePaymentEndpoint(Money()).RunAsync(r, _world.Client, order.ToString(), CancellationToken.None));

    private Task<HttpCall> GetAsync(OrderId order, string id) => new HttpCall().AnswerAsync(
        r => new GetPaymentOperationEndpoint().RunAsync(r, _world.Client, order.ToString(), id, CancellationToken.None));

    /// <summary>Waits for the end of an operation that was started, and reads it.</summary>
    private async Task<HttpCall> EndAsync(OrderId order, HttpCall started)
    {
        Assert.Equal(202, started.Response.StatusCode);
        var id = started.Json.GetProperty("id").GetString()!;
        Assert.Equal($"/api/admin/payments/{order}/operations/{id}", started.Response.Headers.Location.ToString());
        await _world.Client.WaitForInstanceCompletionAsync(PaymentOperations.InstanceIdOf(order, id));
        return await GetAsync(order, id);
    }
}
