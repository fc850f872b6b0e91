using EventFunctions.EventSourcing;
using EventFunctions.Projections.Stalled;
using EventFunctions.Tests.Http;

namespace EventFunctions.Tests.Projections;

public sealed class StalledStreamEndpointTests : IAsyncDisposable
{
    private readonly OperatorWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_retry_before_the_fix_is_409_with_the_event_and_after_it_200_with_the_view_complete()
    {
        var stream = await StallAsync();

        var before = await RetryAsync("order", stream.Value);
        Assert.Equal((409, "still-stalled"), (before.Response.StatusCode, before.Json.GetProperty("code").GetString()));
        Assert.Equal($"Event 3 (order-paid) of '{stream}': No rule for this event.", before.Json.GetProperty("detail").GetString());
        Assert.Equal("Confirmed", (await _world.ViewAsync(stream))!.Status.ToString());

        _world.Projection.IsPoison = _ => false;
        var after = await RetryAsync("order", stream.Value);
        Assert.Equal(200, after.Response.StatusCode);
        Assert.Equal(
            ("caught-up", 5, 3),
            (after.Json.GetProperty("outcome").GetString(), after.Json.GetProperty("version").GetInt32(), after.Json.GetProperty("events").GetInt32()));
        Assert.Equal(("Delivered", 5), (await _world.ViewAsync(stream)) is { } view ? (view.Status.ToString(), view.Version) : default);
        Assert.Equal(0, await _world.Stalled.CountAsync("order"));
    }

    [Fact]
    public async Task All_stalled_streams_are_retried_page_by_page()
    {
        var streams = new List<StreamName>();
        for (var i = 0; i < 5; i++)
        {
            streams.Add(await StallAsync());
            _world.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        _world.Projection.IsPoison = e => e.Stream == streams[2] && e.Version == 4;
        var outcomes = new List<string>();
        string? continuation = null;
        var calls = 0;
        do
        {
            var call = await _world.CallAsync<RetryStalledStreamsEndpoint>(
                (e, r) => e.RunAsync(r, "order", CancellationToken.None), $"?pageSize=2&continuation={Uri.EscapeDataString(continuation ?? string.Empty)}");
            Assert.Equal(200, call.Response.StatusCode);
            outcomes.AddRange(call.Json.GetProperty("items").EnumerateArray().Select(
                i => $"{i.GetProperty("stream").GetString()} {i.GetProperty("outcome").GetString()} {i.GetProperty("version")}"));
            continuation = call.Json.TryGetProperty("continuation", out var next) ? next.GetString() : null;
            calls++;
        }
        while (continuation is not null);

        Assert.Equal(3, calls);
        Assert.Equal(streams.Select((s, i) => i == 2 ? $"{s} still-stalled 4" : $"{s} caught-up 5"), outcomes);
        Assert.Equal(1, await _world.Stalled.CountAsync("order"));
    }

    [Fact]
    public async Task Stalled_streams_are_listed_page_by_page_with_how_many_there_are()
    {
        var first = await StallAsync();
        _world.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await StallAsync();

        var page = await ListAsync("order", "?pageSize=1");
        var next = await ListAsync("order", $"?pageSize=1&continuation={Uri.EscapeDataString(page.Json.GetProperty("continuation").GetString()!)}");

        Assert.Equal((2, 2), (page.Json.GetProperty("count").GetInt32(), next.Json.GetProperty("count").GetInt32()));
        Assert.Equal(
            [first.Value, second.Value],
            new[] { page, next }.Select(p => Assert.Single(p.Json.GetProperty("streams").EnumerateArray()).GetProperty("stream").GetString()));
    }

    [Theory]
    [InlineData("nothing", "ordering-1", "projection-not-found")]
    [InlineData("order", "ordering-1", "stream-not-stalled")]
    [InlineData("order", "no stream", "stream-not-stalled")]
    public async Task What_has_not_stalled_cannot_be_retried(string projection, string stream, string code)
    {
        var call = await RetryAsync(projection, stream);

        Assert.Equal((404, code), (call.Response.StatusCode, call.Json.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("?pageSize=0", "pageSize")]
    [InlineData("?pageSize=101", "pageSize")]
    [InlineData("?continuation=nonsense", "continuation")]
    public async Task A_page_that_cannot_be_is_400(string query, string field)
    {
        var list = await ListAsync("order", query);
        var retry = await _world.CallAsync<RetryStalledStreamsEndpoint>((e, r) => e.RunAsync(r, "order", CancellationToken.None), query);

        Assert.All(new[] { list, retry }, call =>
        {
            Assert.Equal(400, call.Response.StatusCode);
            Assert.Equal(field, Assert.Single(call.Json.GetProperty("errors").EnumerateObject()).Name);
        });
    }

    private async Task<StreamName> StallAsync()
    {
        var events = await _world.AppendOrderAsync();
        _world.Projection.IsPoison = e => e.Version == 3;
        await _world.DeliverAsync(events);
        return events[0].Stream;
    }

    private Task<HttpCall> RetryAsync(string projection, string stream) =>
        _world.CallAsync<RetryStalledStreamEndpoint>((e, r) => e.RunAsync(r, projection, stream, CancellationToken.None));

    private Task<HttpCall> ListAsync(string projection, string query) =>
        _world.CallAsync<ListStalledStreamsEndpoint>((e, r) => e.RunAsync(r, projection, CancellationToken.None), query);
}
