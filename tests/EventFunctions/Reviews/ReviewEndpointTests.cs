using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Testing;
using EventFunctions.Http;
using EventFunctions.Ordering.Reviews;
using EventFunctions.Tests.Http;
using EventFunctions.Tests.Saga;
using EventFunctions.Tests.Support;

namespace EventFunctions.Tests.Reviews;

public sealed class ReviewEndpointTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly SagaWorld _world;

    public ReviewEndpointTests() => _world = new SagaWorld(_clock);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task The_orders_that_wait_come_oldest_first_page_by_page_and_those_decided_on_not_at_all()
    {
        var orders = new List<OrderId>();
        for (var i = 0; i < 5; i++)
        {
            orders.Add(await _world.PlaceAsync(needsReview: true));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        await _world.PlaceAsync();
        await ApproveAsync(orders[1]);
        Assert.Equal(200, (await RejectAsync(orders[3])).Response.StatusCode);
        await ProjectAsync([.. orders]);

        var (first, continuation) = await ListAsync("?pageSize=2");
        var (second, end) = await ListAsync($"?pageSize=2&continuation={Uri.EscapeDataString(continuation!)}");

        Assert.Equal([orders[0], orders[2], orders[4]], first.Concat(second).Select(Guid.Parse).Select(g => new OrderId(g)));
        Assert.Null(end);
    }

    [Fact]
    public async Task An_approval_tells_the_version_and_changes_nothing_when_it_comes_again()
    {
        var order = await _world.PlaceAsync(needsReview: true);

        var first = await ApproveAsync(order);
        var again = await ApproveAsync(order);

        Assert.Equal((200, "\"2\""), (first.Response.StatusCode, first.Response.Headers.ETag.ToString()));
        Assert.Equal((200, "\"2\""), (again.Response.StatusCode, again.Response.Headers.ETag.ToString()));
        var approved = Assert.Single(await _world.EventsAsync(Order.StreamOf(order)), e => e.Type == "order-approved");
        Assert.Equal(("eve", "eve"), (((OrderApproved)approved.Data).Reviewer, approved.Metadata.User));
    }

    [Fact]
    public async Task A_rejection_cancels_the_order_with_its_reason_and_an_approval_after_it_is_refused()
    {
        var order = await _world.PlaceAsync(needsReview: true);

        Assert.Equal(200, (await RejectAsync(order)).Response.StatusCode);
        Assert.Equal(200, (await RejectAsync(order)).Response.StatusCode);
        var late = await ApproveAsync(order);

        Assert.Equal((422, OrderRejections.Cancelled), (late.Response.StatusCode, late.Json.GetProperty("code").GetString()));
        Assert.Equal((OrderReview.RejectedCode, "Looks like fraud."), (await _world.OrderAsync(order)).Cancellation is { } why ? (why.Code, why.Reason) : default);
        Assert.Equal(2, (await _world.EventsAsync(Order.StreamOf(order))).Count);
    }

    [Theory]
    [InlineData(true, OrderRejections.AlreadyApproved)]
    [InlineData(false, OrderRejections.NoReview)]
    public async Task An_order_that_does_not_wait_for_a_review_is_not_rejected(bool isApproved, string code)
    {
        var order = await _world.PlaceAsync(needsReview: isApproved);
        if (isApproved)
        {
            await ApproveAsync(order);
        }

        var call = await RejectAsync(order);

        Assert.Equal((422, code), (call.Response.StatusCode, call.Json.GetProperty("code").GetString()));
        Assert.Equal(OrderStatus.Placed, (await _world.OrderAsync(order)).Status);
    }

    [Fact]
    public async Task A_decision_on_another_version_than_the_reviewer_saw_is_412_and_on_no_order_404()
    {
        var order = await _world.PlaceAsync(needsReview: true);

        Assert.Equal(412, (await ApproveAsync(order, ("If-Match", "\"7\""))).Response.StatusCode);
        Assert.Equal(200, (await ApproveAsync(order, ("If-Match", "\"1\""))).Response.StatusCode);
        Assert.Equal(404, (await RejectAsync(new OrderId(Guid.NewGuid()))).Response.StatusCode);
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_a_body_is_told_at_once()
    {
        var order = await _world.PlaceAsync(needsReview: true);

        var call = await RejectAsync(order, """{"reviewer":" "}""");

        Assert.Equal(400, call.Response.StatusCode);
        Assert.Equal(["reason", "reviewer"], call.Json.GetProperty("errors").EnumerateObject().Select(p => p.Name).Order());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whatever_order_the_events_come_in_a_decided_order_does_not_wait(int seed)
    {
        var order = await _world.PlaceAsync(needsReview: true);
        await ApproveAsync(order);
        var events = await _world.EventsAsync(Order.StreamOf(order));
        foreach (var envelope in Deliveries.Shuffled(events, 3, new Random(seed)))
        {
            await _world.Get<LiveProjections>().HandleAsync(OrderReviewQueue.Kind, envelope, CancellationToken.None);
        }

        var view = await _world.Get<IViewStore>().FindAsync<OrderReviewView>(OrderReviewQueue.KeyOf(order));
        Assert.Equal((false, 2L), (view!.Current.View.IsPending, view.Current.View.Version));
    }

    [Fact]
    public async Task An_order_that_nobody_has_to_review_leaves_nothing_in_the_list()
    {
        var order = await _world.PlaceAsync();
        await _world.SendAsync(order, o => OrderDecider.Decide(o, new CancelOrder("changed-mind", "No."), DateTimeOffset.UnixEpoch));

        await ProjectAsync(order);

        Assert.Null(await _world.Get<IViewStore>().FindAsync<OrderReviewView>(OrderReviewQueue.KeyOf(order)));
    }

    private Task<HttpCall> ApproveAsync(OrderId order, params (string, string)[] headers) =>
        new HttpCall("""{"reviewer":"eve"}""", headers).AnswerAsync(
            r => new ApproveOrderEndpoint(Decision(), new ApproveOrderValidator()).RunAsync(r, order.ToString(), CancellationToken.None));

    private Task<HttpCall> RejectAsync(OrderId order, string body = """{"reviewer":"eve","reason":"Looks like fraud."}""") =>
        new HttpCall(body).AnswerAsync(
            r => new RejectOrderEndpoint(Decision(), new RejectOrderValidator()).RunAsync(r, order.ToString(), CancellationToken.None));

    private ReviewDecision Decision() => new(_world.Get<IAggregateRepository<Order, OrderEvent>>(), new RequestMetadata(), _clock);

    private async Task<(IReadOnlyList<string> Orders, string? Continuation)> ListAsync(string query)
    {
        var call = new HttpCall();
        call.Request.QueryString = new Microsoft.AspNetCore.Http.QueryString(query);
        await call.AnswerAsync(r => new ListReviewsEndpoint(_world.Get<ServingViews>()).RunAsync(r, CancellationToken.None));
        Assert.Equal(200, call.Response.StatusCode);
        return (
            [.. call.Json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("orderId").GetString()!)],
            call.Json.TryGetProperty("continuation", out var next) ? next.GetString() : null);
    }

    private async Task ProjectAsync(params OrderId[] orders)
    {
        foreach (var order in orders)
        {
            foreach (var envelope in await _world.EventsAsync(Order.StreamOf(order)))
            {
                await _world.Get<LiveProjections>().HandleAsync(OrderReviewQueue.Kind, envelope, CancellationToken.None);
            }
        }
    }
}
