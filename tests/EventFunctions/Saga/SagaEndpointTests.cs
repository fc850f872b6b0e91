using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Api.Sagas;
using EventFunctions.Ordering.Saga;
using EventFunctions.Ordering.Saga.Resuming;
using EventFunctions.Tests.Http;
using EventFunctions.Tests.Support;

namespace EventFunctions.Tests.Saga;

/// <summary>What operators see of sagas, and how they have them resumed.</summary>
public sealed class SagaEndpointTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly SagaWorld _world;

    public SagaEndpointTests() => _world = new SagaWorld(_clock, new() { ["Ordering:StepAttempts"] = "1", ["Ordering:UndoAttempts"] = "1" });

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_saga_that_waits_for_an_operator_is_listed_until_its_resumption_has_ended_well()
    {
        await _world.StartAsync();
        var good = await _world.PlaceAsync();
        await _world.RunAsync(good);
        _world.Carrier.Refuses = true;
        _world.Payments.ReversalsAreDown = true;
        var bad = await _world.PlaceAsync();
        Assert.Equal(OrderSagaState.CompensationFailed, (await _world.RunAsync(bad)).State);
        Assert.Equal([bad.ToString()], await ListAsync("?state=CompensationFailed"));
        Assert.Equal([bad.ToString()], await ListAsync(string.Empty));
        Assert.Equal([good.ToString()], await ListAsync("?state=Completed"));

        _world.Payments.ReversalsAreDown = false;
        var resumed = await ResumeAsync(bad);
        await _world.EndAsync(ResumeOrderSaga.InstanceIdOf(bad.ToString(), 1));

        Assert.Equal((202, $"/api/admin/sagas/{bad}"), (resumed.Response.StatusCode, resumed.Response.Headers.Location.ToString()));
        Assert.Empty(await ListAsync(string.Empty));
        Assert.Equal([bad.ToString()], await ListAsync("?state=Compensated"));
        var report = (await GetAsync(bad)).Json;
        Assert.Equal(("Compensated", "Cancelled", false), (report.GetProperty("state").GetString(), report.GetProperty("orderStatus").GetString(), report.GetProperty("isResumable").GetBoolean()));
        Assert.Equal("Compensated", Assert.Single(report.GetProperty("resumptions").EnumerateArray()).GetProperty("state").GetString());
        Assert.Equal(422, (await ResumeAsync(bad)).Response.StatusCode);
        Assert.Equal((30m, 30m), _world.Payments.Held(bad.ToString()) is { } held ? (held.Captured, held.Refunded) : default);
    }

    [Fact]
    public async Task What_is_left_to_do_is_told_with_its_cause()
    {
        _world.Carrier.Refuses = true;
        _world.Payments.ReversalsAreDown = true;
        await _world.StartAsync();
        var order = await _world.PlaceAsync();
        await _world.RunAsync(order);

        var report = (await GetAsync(order)).Json;

        Assert.True(report.GetProperty("isResumable").GetBoolean());
        var left = Assert.Single(report.GetProperty("result").GetProperty("notUndone").EnumerateArray());
        Assert.Equal(OrderSteps.ReversePayment, left.GetProperty("step").GetString());
        Assert.Contains("the answer is lost", left.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_overdue_delivery_is_seen_until_the_parcel_has_arrived_and_there_is_nothing_to_resume()
    {
        await _world.StartAsync();
        var order = await _world.PlaceAsync();
        await _world.StartSagaAsync(order, parcelArrives: false);
        await _world.ShowsAsync(order, OrderSagaState.AwaitingDelivery);
        Assert.Equal([order.ToString()], await ListAsync("?state=AwaitingDelivery"));
        await Eventually.HoldsAsync(
            async () =>
            {
                _clock.Advance(TimeSpan.FromDays(3));
                return (await _world.Client.GetInstanceAsync(order.ToString()))!.IsCompleted;
            },
            "the saga has given up");
        Assert.Equal([order.ToString()], await ListAsync("?state=DeliveryOverdue"));
        Assert.Equal(422, (await ResumeAsync(order)).Response.StatusCode);

        Assert.IsType<CommandResult<Order>.Committed>(
            await _world.SendAsync(order, o => OrderDecider.Decide(o, new DeliverOrder(_clock.GetUtcNow()), _clock.GetUtcNow())));

        Assert.Empty(await ListAsync("?state=DeliveryOverdue"));
        Assert.Equal([order.ToString()], await ListAsync("?state=Completed"));
        await _world.AssertSoldAsync(order);
    }

    [Fact]
    public async Task There_is_no_saga_of_an_order_that_is_not_there_and_no_state_of_another_name()
    {
        await _world.StartAsync();
        var order = new OrderId(Guid.NewGuid());

        Assert.Equal(404, (await GetAsync(order)).Response.StatusCode);
        Assert.Equal(404, (await ResumeAsync(order)).Response.StatusCode);
        Assert.Equal(400, (await CallListAsync("?state=Lost")).Response.StatusCode);
        Assert.Equal(400, (await CallListAsync("?continuation=nonsense")).Response.StatusCode);
    }

    private OrderSagaReader Reader => _world.Get<OrderSagaReader>();

    private Task<HttpCall> GetAsync(OrderId order) => new HttpCall().AnswerAsync(
        r => new GetSagaEndpoint(Reader).RunAsync(r, _world.Client, order.ToString(), CancellationToken.None));

    private Task<HttpCall> ResumeAsync(OrderId order) => new HttpCall().AnswerAsync(
        r => new ResumeSagaEndpoint(_world.Get<OrderSagaResumer>()).RunAsync(r, _world.Client, order.ToString(), CancellationToken.None));

    private Task<HttpCall> CallListAsync(string query)
    {
        var call = new HttpCall();
        call.Request.QueryString = new Microsoft.AspNetCore.Http.QueryString(query);
        return call.AnswerAsync(r => new ListSagasEndpoint(_world.Get<OrderSagaQuery>()).RunAsync(r, _world.Client, CancellationToken.None));
    }

    private async Task<IReadOnlyList<string>> ListAsync(string query)
    {
        var call = await CallListAsync(query);
        Assert.Equal(200, call.Response.StatusCode);
        return [.. call.Json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("orderId").GetString()!)];
    }
}
