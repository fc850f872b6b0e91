using System.Text.Json;
using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Streams;
using EventFunctions.Tests.Http;
using EventFunctions.Tests.Publishing;
using Microsoft.AspNetCore.Http;
using Moq;

namespace EventFunctions.Tests.Streams;

/// <summary>Three orders: each placed at 12:00:01 and confirmed at 12:00:02, under a correlation of its own.</summary>
public sealed class EventEndpointTests : IAsyncLifetime
{
    private readonly InMemoryEventStore _store = new(EventSamples.Serializer);
    private readonly List<EventEnvelope> _events = [];

    private GetStreamEventsEndpoint Stream => new(new StreamPages(_store), new EventPageResult(EventSamples.Serializer));

    public async Task InitializeAsync()
    {
        for (var i = 0; i < 3; i++)
        {
            var order = new OrderId(Guid.NewGuid());
            var stream = Order.StreamOf(order);
            EventEnvelope[] events =
            [
                EventSamples.Envelope(EventSamples.Placed(order), stream, correlationId: $"corr-{i}"),
                EventSamples.Envelope(new OrderConfirmed(order, new CustomerId("customer-1")), stream, 2, correlationId: $"corr-{i}"),
            ];
            Assert.IsType<AppendResult.Appended>(await _store.AppendAsync(new StreamAppend(stream, StreamHead.Absent, events, null, [])));
            _events.AddRange(events);
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_events_of_a_stream_come_as_documents_of_the_newest_shape()
    {
        var call = await GetStreamAsync(_events[0].Stream.Value, string.Empty);

        Assert.Equal(200, call.Response.StatusCode);
        var expected = _events.Take(2).Select(e => JsonSerializer.Serialize(EventSamples.Serializer.Write(e), EventJson.Options));
        Assert.Equal(expected, call.Json.GetProperty("items").EnumerateArray().Select(i => i.GetRawText()));
        Assert.False(call.Json.TryGetProperty("continuation", out _));
    }

    [Theory]
    [InlineData("", "1,2")]
    [InlineData("?direction=forward", "1,2")]
    [InlineData("?direction=backward", "2,1")]
    [InlineData("?from=2", "2")]
    [InlineData("?from=1&direction=backward", "1")]
    [InlineData("?from=3", "")]
    public async Task A_stream_is_read_either_way_from_a_version_page_by_page(string query, string versions)
    {
        var seen = await ReadAsync(query, q => GetStreamAsync(_events[0].Stream.Value, q));

        Assert.Equal(versions, string.Join(',', seen.Select(i => i.GetProperty("version").GetInt64())));
    }

    [Fact]
    public async Task A_stream_that_does_not_exist_has_no_events_and_what_is_no_name_is_404()
    {
        Assert.Empty((await GetStreamAsync("ordering-nothing", string.Empty)).Json.GetProperty("items").EnumerateArray());
        var none = await GetStreamAsync("nothing", string.Empty);
        Assert.Equal((404, "stream-not-found"), (none.Response.StatusCode, none.Json.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("", 6)]
    [InlineData("?type=order-placed", 3)]
    [InlineData("?type=order-placed&type=order-confirmed", 6)]
    [InlineData("?type=order-shipped", 0)]
    [InlineData("?from=2026-01-01T12:00:02Z", 3)]
    [InlineData("?to=2026-01-01T12:00:02Z", 3)]
    [InlineData("?from=2026-01-01T12:00:02Z&to=2026-01-01T12:00:02.0000001Z&type=order-placed", 0)]
    [InlineData("?correlationId=corr-1", 2)]
    [InlineData("?correlationId=corr-1&type=order-confirmed", 1)]
    [InlineData("?correlationId=corr-9", 0)]
    public async Task Events_are_found_by_everything_that_is_given_each_once(string query, int count)
    {
        var seen = await ReadAsync(query, FindAsync);

        Assert.Equal(count, seen.Count);
        Assert.Equal(count, seen.Select(i => i.GetProperty("eventId").GetString()).Distinct().Count());
    }

    [Theory]
    [InlineData("?order=oldest", "1,1,1,2,2,2")]
    [InlineData("?order=newest", "2,2,2,1,1,1")]
    public async Task Events_are_found_oldest_or_newest_first(string query, string versions) =>
        Assert.Equal(versions, string.Join(',', (await ReadAsync(query, FindAsync)).Select(i => i.GetProperty("version").GetInt64())));

    [Theory]
    [InlineData("?pageSize=0", "pageSize")]
    [InlineData("?pageSize=201", "pageSize")]
    [InlineData("?continuation=nonsense", "continuation")]
    [InlineData("?direction=sideways", "direction")]
    [InlineData("?from=0", "from")]
    public async Task A_page_of_a_stream_that_cannot_be_is_400(string query, string field) =>
        AssertInvalid(await GetStreamAsync(_events[0].Stream.Value, query), field);

    [Theory]
    [InlineData("?pageSize=none", "pageSize")]
    [InlineData("?continuation=nonsense", "continuation")]
    [InlineData("?order=random", "order")]
    [InlineData("?type=order-plaecd", "type")]
    [InlineData("?from=1", "from")]
    [InlineData("?from=2026-01-01T12:00:02Z&to=2026-01-01T12:00:02Z", "to")]
    [InlineData("?correlationId=a&correlationId=b", "correlationId")]
    public async Task A_question_that_cannot_be_is_400(string query, string field) => AssertInvalid(await FindAsync(query), field);

    [Fact]
    public async Task A_continuation_of_another_question_is_400()
    {
        var first = await FindAsync("?pageSize=1&type=order-placed");
        var continuation = first.Json.GetProperty("continuation").GetString();

        AssertInvalid(await FindAsync($"?pageSize=1&continuation={continuation}"), "continuation");
        Assert.Equal(200, (await FindAsync($"?pageSize=1&type=order-placed&continuation={continuation}")).Response.StatusCode);
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_is_named_to_the_operator()
    {
        var queries = new Mock<IEventQueries>();
        queries.Setup(q => q.QueryAsync(It.IsAny<EventQuery>(), It.IsAny<EventPageRequest>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new UnknownEventTypeException("order-forgotten", 7));

        var call = await FindAsync(string.Empty, queries.Object);

        Assert.Equal((500, "event-unreadable"), (call.Response.StatusCode, call.Json.GetProperty("code").GetString()));
        Assert.Contains("'order-forgotten' of schema version 7", call.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static void AssertInvalid(HttpCall call, string field)
    {
        Assert.Equal(400, call.Response.StatusCode);
        Assert.Equal(field, Assert.Single(call.Json.GetProperty("errors").EnumerateObject()).Name);
    }

    private static async Task<List<JsonElement>> ReadAsync(string query, Func<string, Task<HttpCall>> get)
    {
        var seen = new List<JsonElement>();
        string? continuation = null;
        do
        {
            var call = await get($"{(query.Length == 0 ? "?" : $"{query}&")}pageSize=1{(continuation is null ? string.Empty : $"&continuation={continuation}")}");
            Assert.Equal(200, call.Response.StatusCode);
            var items = call.Json.GetProperty("items").EnumerateArray().ToList();
            Assert.True(items.Count <= 1);
            seen.AddRange(items);
            continuation = call.Json.TryGetProperty("continuation", out var next) ? next.GetString() : null;
        }
        while (continuation is not null);

        return seen;
    }

    private Task<HttpCall> GetStreamAsync(string stream, string query) =>
        CallWith(query).AnswerAsync(r => Stream.RunAsync(r, stream, CancellationToken.None));

    private Task<HttpCall> FindAsync(string query) => FindAsync(query, new InMemoryEventQueries(_store));

    private static Task<HttpCall> FindAsync(string query, IEventQueries queries)
    {
        var endpoint = new FindEventsEndpoint(queries, EventSamples.Registry, new EventPageResult(EventSamples.Serializer));
        return CallWith(query).AnswerAsync(r => endpoint.RunAsync(r, CancellationToken.None));
    }

    private static HttpCall CallWith(string query)
    {
        var call = new HttpCall();
        call.Request.QueryString = new QueryString(query);
        return call;
    }
}
