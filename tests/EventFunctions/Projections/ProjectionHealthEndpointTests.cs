using System.Text.Json;
using EventFunctions.EventSourcing;
using EventFunctions.Projections.Health;
using EventFunctions.Tests.Http;

namespace EventFunctions.Tests.Projections;

public sealed class ProjectionHealthEndpointTests : IAsyncDisposable
{
    private readonly OperatorWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task In_an_empty_shop_every_projection_is_active_and_has_no_lag()
    {
        var call = await ListAsync();

        Assert.Equal(200, call.Response.StatusCode);
        var items = call.Json.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(
            ["customer-order", "order", "order-figures", "order-review", "order-timeline", "payment", "shipment", "stock"],
            items.Select(i => i.GetProperty("name").GetString()));
        Assert.All(items, i => Assert.Equal("active 0 0 0", Summary(i)));
        Assert.All(items, i => Assert.False(i.TryGetProperty("position", out _)));
        Assert.Equal(["inventory", "ordering", "payments", "shipping"], Texts(items[4].GetProperty("categories")));
    }

    [Fact]
    public async Task A_projection_that_has_handled_every_event_is_active_however_long_ago_that_was()
    {
        var events = await _world.AppendOrderAsync();
        await _world.DeliverAsync(events);
        _world.Clock.Advance(TimeSpan.FromDays(30));

        var report = (await GetAsync("order")).Json;

        Assert.Equal("active 0 0 0", Summary(report));
        Assert.Equal(
            (events[^1].Time, events[^1].Stream.Value, 5L),
            (report.GetProperty("position").GetProperty("time").GetDateTimeOffset(),
                report.GetProperty("position").GetProperty("stream").GetString(),
                report.GetProperty("position").GetProperty("version").GetInt64()));
    }

    [Fact]
    public async Task Events_that_wait_too_long_make_a_projection_behind_until_it_has_handled_them()
    {
        var events = await _world.AppendOrderAsync();
        await _world.DeliverAsync(events.Take(2));
        _world.Clock.Advance(TimeSpan.FromSeconds(32));
        Assert.Equal("active 3 30 0", Summary((await GetAsync("order")).Json));

        _world.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("behind 3 31 0", Summary((await GetAsync("order")).Json));
        Assert.Equal("behind 5 33 0", Summary((await GetAsync("customer-order")).Json));
        Assert.Equal("active 0 0 0", Summary((await GetAsync("stock")).Json));

        await _world.DeliverAsync(events.Skip(2));
        Assert.Equal("active 0 0 0", Summary((await GetAsync("order")).Json));
    }

    [Fact]
    public async Task A_projection_whose_store_is_away_is_failing_until_an_event_goes_well_again()
    {
        var events = await _world.AppendOrderAsync();
        await _world.DeliverAsync(events[0]);
        _world.Clock.Advance(TimeSpan.FromSeconds(5));
        _world.Views.IsAway = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _world.DeliverAsync(events[1]));

        var failing = (await GetAsync("order")).Json;
        Assert.Equal("failing", failing.GetProperty("state").GetString());
        Assert.Equal("The views are away.", failing.GetProperty("failure").GetProperty("error").GetString());

        _world.Views.IsAway = false;
        _world.Clock.Advance(TimeSpan.FromSeconds(1));
        await _world.DeliverAsync(events.Skip(1));
        Assert.Equal("active 0 0 0", Summary((await GetAsync("order")).Json));
    }

    [Fact]
    public async Task A_stalled_stream_is_shown_with_its_first_failing_event_and_counts_no_lag_elsewhere()
    {
        var poisoned = await _world.AppendOrderAsync();
        var sound = await _world.AppendOrderAsync();
        _world.Projection.IsPoison = e => e.Stream == poisoned[0].Stream && e.Version == 3;
        await _world.DeliverAsync(poisoned.Concat(sound).OrderBy(e => e.Version));

        var report = (await GetAsync("order")).Json;

        Assert.Equal("stalled 0 0 1", Summary(report));
        var stalled = Assert.Single(report.GetProperty("stalled").GetProperty("streams").EnumerateArray());
        Assert.Equal(
            (poisoned[0].Stream.Value, 3, "order-paid", poisoned[2].EventId, "No rule for this event.", 3, 3),
            (stalled.GetProperty("stream").GetString(),
                stalled.GetProperty("version").GetInt32(),
                stalled.GetProperty("type").GetString(),
                stalled.GetProperty("eventId").GetGuid(),
                stalled.GetProperty("error").GetString(),
                stalled.GetProperty("attempts").GetInt32(),
                stalled.GetProperty("waiting").GetInt32()));
        Assert.Equal("Delivered", (await _world.ViewAsync(sound[0].Stream))!.Status.ToString());
    }

    [Fact]
    public async Task What_another_instance_has_seen_counts_as_well()
    {
        var events = await _world.AppendOrderAsync();
        var other = ProjectionProgress.None.Handled(events[^1], _world.Clock.GetUtcNow());
        await _world.Get<ProjectionProgressLog>().MergeAsync("order", other);
        _world.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal("active 0 0 0", Summary((await GetAsync("order")).Json));
    }

    [Fact]
    public async Task A_projection_that_does_not_exist_is_404()
    {
        var call = await GetAsync("nothing");

        Assert.Equal((404, "projection-not-found"), (call.Response.StatusCode, call.Json.GetProperty("code").GetString()));
    }

    private static string Summary(JsonElement report)
    {
        var lag = report.GetProperty("lag");
        var stalled = report.GetProperty("stalled").GetProperty("count");
        return $"{report.GetProperty("state").GetString()} {lag.GetProperty("events")} {lag.GetProperty("seconds")} {stalled}";
    }

    private static IEnumerable<string?> Texts(JsonElement array) => array.EnumerateArray().Select(e => e.GetString());

    private Task<HttpCall> ListAsync() => _world.CallAsync<ListProjectionsEndpoint>((e, r) => e.RunAsync(r, CancellationToken.None));

    private Task<HttpCall> GetAsync(string name) =>
        _world.CallAsync<GetProjectionEndpoint>((e, r) => e.RunAsync(r, name, CancellationToken.None));
}
