using System.Text.Json;
using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Api;
using EventFunctions.Ordering.Views;
using EventFunctions.Tests.Publishing;
using Microsoft.AspNetCore.Http;

namespace EventFunctions.Tests.Http;

/// <summary>An order placed at 12:00:01, confirmed at 12:00:02 and shipped at 12:00:03, of which no view is kept.</summary>
public sealed class PastOrderTests : IAsyncLifetime
{
    private readonly InMemoryEventStore _store = new(EventSamples.Serializer);
    private readonly StreamName _stream = Order.StreamOf(EventSamples.SampleOrder);

    public async Task InitializeAsync()
    {
        EventEnvelope[] events =
        [
            EventSamples.Envelope(EventSamples.Placed(), _stream),
            EventSamples.Confirmed(),
            EventSamples.Envelope(new OrderShipped(EventSamples.SampleOrder, new CustomerId("customer-1"), "T-1"), _stream, 3),
        ];
        Assert.IsType<AppendResult.Appended>(await _store.AppendAsync(new StreamAppend(_stream, StreamHead.Absent, events, null, [])));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("?version=1", 1, "Placed")]
    [InlineData("?version=2", 2, "Confirmed")]
    [InlineData("?version=3", 3, "Shipped")]
    [InlineData("?asOf=2026-01-01T12:00:01Z", 1, "Placed")]
    [InlineData("?asOf=2026-01-01T12:00:01.9999999Z", 1, "Placed")]
    [InlineData("?asOf=2026-01-01T14:00:02%2B02:00", 2, "Confirmed")]
    [InlineData("?asOf=2099-01-01T00:00:00Z", 3, "Shipped")]
    public async Task An_order_is_shown_as_it_was(string query, int version, string status)
    {
        var call = await GetAsync(query);

        Assert.Equal((200, $"\"{version}\""), (call.Response.StatusCode, call.Response.Headers.ETag.ToString()));
        Assert.Equal((status, version), (call.Json.GetProperty("status").GetString(), call.Json.GetProperty("version").GetInt32()));
        Assert.Equal(version == 3, call.Json.TryGetProperty("trackingNumber", out _));
        Assert.Equal("no-store", call.Response.Headers.CacheControl.ToString());
    }

    [Fact]
    public async Task It_is_shown_just_as_its_view_showed_it_then()
    {
        var views = new InMemoryViewStore();
        var handler = new ProjectionHandler<OrderView>(new OrderViewProjection(), views, _store);
        await foreach (var envelope in _store.ReadAsync(_stream, 1))
        {
            await handler.HandleAsync(envelope);
            var view = (await views.FindAsync<OrderView>(OrderViewProjection.KeyOf(EventSamples.SampleOrder)))!.Current.View;

            Assert.Equal(JsonSerializer.Serialize(view, EventJson.Options), (await GetAsync($"?version={envelope.Version}")).Json.GetRawText());
        }
    }

    [Theory]
    [InlineData("?version=4", "order-version-not-found")]
    [InlineData("?version=9223372036854775807", "order-version-not-found")]
    [InlineData("?asOf=2026-01-01T12:00:00.9999999Z", "order-not-yet-placed")]
    public async Task What_was_not_there_is_404_and_not_to_be_kept(string query, string code)
    {
        var call = await GetAsync(query);

        Assert.Equal((404, code), (call.Response.StatusCode, call.Json.GetProperty("code").GetString()));
        Assert.Equal("no-store", call.Response.Headers.CacheControl.ToString());
    }

    [Fact]
    public async Task An_order_that_does_not_exist_has_no_past()
    {
        var call = await GetAsync("?version=1", Guid.NewGuid().ToString("N"));

        Assert.Equal((404, "order-not-found"), (call.Response.StatusCode, call.Json.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("?version=0", "version")]
    [InlineData("?version=-1", "version")]
    [InlineData("?version=one", "version")]
    [InlineData("?version=1&version=2", "version")]
    [InlineData("?asOf=yesterday", "asOf")]
    [InlineData("?asOf=2026-01-01T14:00:02+02:00", "asOf")]
    [InlineData("?asOf=2026-01-01", "asOf")]
    [InlineData("?asOf=2026-01-01T12:00:01Z&version=1", "asOf", "version")]
    [InlineData("?asOf=", "asOf", "version")]
    public async Task What_is_not_one_moment_is_400(string query, params string[] fields)
    {
        var call = await GetAsync(query);

        Assert.Equal(400, call.Response.StatusCode);
        Assert.Equal(fields, call.Json.GetProperty("errors").EnumerateObject().Select(e => e.Name));
    }

    [Fact]
    public async Task A_history_beyond_the_limit_is_422()
    {
        var call = await GetAsync("?version=3", maxEvents: 2);

        Assert.Equal((422, "order-history-too-long"), (call.Response.StatusCode, call.Json.GetProperty("code").GetString()));
        Assert.Equal(200, (await GetAsync("?version=2", maxEvents: 2)).Response.StatusCode);
    }

    private Task<HttpCall> GetAsync(string query, string? orderId = null, int maxEvents = PastReader.DefaultMaxEvents)
    {
        var views = new InMemoryViewStore();
        var directory = new GenerationDirectory(new GenerationRegister(views, TimeProvider.System), TimeProvider.System, TimeSpan.Zero);
        var endpoint = new GetOrderEndpoint(new ServingViews(views, directory), new PastOrder(new PastReader(_store, maxEvents), new OrderViewProjection()));
        var call = new HttpCall();
        call.Request.QueryString = new QueryString(query);
        return call.AnswerAsync(r => endpoint.RunAsync(r, orderId ?? EventSamples.SampleOrder.ToString(), CancellationToken.None));
    }
}
