using System.Text.Json;
using System.Text.Json.Nodes;
using EventFunctions.EventSourcing;
using EventFunctions.Publishing;
using EventFunctions.Publishing.Parked;
using EventFunctions.Tests.Http;
using EventFunctions.Tests.Projections;
using static EventFunctions.Tests.Publishing.EventSamples;

namespace EventFunctions.Tests.Publishing;

public sealed class ParkedEventEndpointTests : IAsyncDisposable
{
    private readonly OperatorWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_parked_event_is_listed_and_shown_with_its_reason_and_as_it_is_stored()
    {
        var source = await ParkAsync(2);

        var listed = Assert.Single((await ListAsync()).Json.GetProperty("items").EnumerateArray());
        Assert.Equal(
            (source.Stream, source.Id, "open", "unknown-type"),
            (Text(listed, "stream"), Text(listed, "id"), Text(listed, "status"), Text(listed, "code")));
        Assert.False(listed.TryGetProperty("document", out _));

        var shown = (await GetAsync(source)).Json;
        Assert.Contains("order-vanished", Text(shown, "reason"), StringComparison.Ordinal);
        Assert.True(JsonElement.DeepEquals((await _world.Documents.FindAsync(source))!.Value, shown.GetProperty("document")));
    }

    [Fact]
    public async Task A_retry_before_the_fix_is_409_with_the_reason_of_now_and_the_event_stays_parked()
    {
        var source = await ParkAsync(2);
        Spoil(2, "schemaVersion", 99);

        var call = await RetryAsync(source);

        Assert.Equal((409, "still-parked"), (call.Response.StatusCode, Text(call.Json, "code")));
        Assert.Contains("schema version 99", Text(call.Json, "detail"), StringComparison.Ordinal);
        Assert.Contains("schema version 99", (await _world.Parked.FindAsync(source))!.Reason, StringComparison.Ordinal);
        Assert.Empty(_world.Publisher.Sent);
    }

    [Fact]
    public async Task A_retry_after_the_fix_publishes_the_event_once_under_its_old_message_id_and_forgets_it()
    {
        var source = await ParkAsync(2);
        _world.Documents.Put(Document(Confirmed(2)));

        var call = await RetryAsync(source);

        Assert.Equal((200, 1), (call.Response.StatusCode, call.Json.GetProperty("published").GetInt32()));
        Assert.Equal([(EventTopics.Ordering, Confirmed(2).EventId.ToString())], _world.Publisher.Sent);
        Assert.Equal(404, (await GetAsync(source)).Response.StatusCode);
        Assert.Equal(404, (await RetryAsync(source)).Response.StatusCode);
        Assert.Single(_world.Publisher.Sent);
    }

    [Fact]
    public async Task Events_of_the_stream_that_were_parked_before_go_first_and_in_order()
    {
        var sources = new[] { await ParkAsync(4), await ParkAsync(2), await ParkAsync(3), await ParkAsync(7) };
        foreach (var version in new[] { 2, 3, 4, 7 })
        {
            _world.Documents.Put(Document(Confirmed(version)));
        }

        var call = await RetryAsync(sources[0]);

        Assert.Equal(3, call.Json.GetProperty("published").GetInt32());
        Assert.Equal(new long[] { 2, 3, 4 }.Select(v => Confirmed(v).EventId.ToString()), _world.Publisher.Sent.Select(s => s.MessageId));
        Assert.NotNull(await _world.Parked.FindAsync(sources[3]));
    }

    [Fact]
    public async Task An_event_before_that_still_cannot_be_published_holds_up_those_after_it()
    {
        var first = await ParkAsync(2);
        var second = await ParkAsync(3);
        _world.Documents.Put(Document(Confirmed(3)));

        var call = await RetryAsync(second);

        Assert.Equal(409, call.Response.StatusCode);
        Assert.Contains($"'{first.Id}'", Text(call.Json, "detail"), StringComparison.Ordinal);
        Assert.Empty(_world.Publisher.Sent);
    }

    [Fact]
    public async Task A_message_that_is_still_too_large_and_a_document_that_is_gone_are_told_apart()
    {
        var source = await ParkAsync(2);
        _world.Documents.Put(Document(Confirmed(2)));
        _world.Publisher.IsTooLarge = _ => true;
        Assert.Contains("262144", Text((await RetryAsync(source)).Json, "detail"), StringComparison.Ordinal);
        Assert.Equal("too-large", (await _world.Parked.FindAsync(source))!.Code);

        var gone = new DocumentReference("ordering-gone", EventDocument.IdOf(1));
        await _world.Parked.ParkAsync(new ParkedEvent(gone, "unreadable", "It was unreadable.", _world.Clock.GetUtcNow()));
        Assert.Equal(409, (await RetryAsync(gone)).Response.StatusCode);
        Assert.Equal(ParkedEventRetry.Missing, (await _world.Parked.FindAsync(gone))!.Code);
    }

    [Fact]
    public async Task While_the_broker_is_away_a_retry_is_503_and_the_event_stays_parked()
    {
        var source = await ParkAsync(2);
        _world.Documents.Put(Document(Confirmed(2)));
        _world.Publisher.IsAway = true;

        Assert.Equal(503, (await RetryAsync(source)).Response.StatusCode);

        Assert.NotNull(await _world.Parked.FindAsync(source));
    }

    [Fact]
    public async Task A_projection_that_had_stalled_at_the_event_catches_up()
    {
        var events = await _world.AppendOrderAsync(SampleOrder);
        _world.Documents.Put(Document(events[1]));
        await _world.Parked.ParkAsync(new ParkedEvent(
            new DocumentReference(events[1].Stream.Value, EventDocument.IdOf(2)), "unreadable", "It was unreadable.", _world.Clock.GetUtcNow()));
        _world.Projection.IsPoison = e => e.Version == 2;
        await _world.DeliverAsync(events.Where(e => e.Version != 2));
        _world.Projection.IsPoison = _ => false;

        var call = await RetryAsync(new DocumentReference(events[1].Stream.Value, EventDocument.IdOf(2)));

        var projection = Assert.Single(call.Json.GetProperty("projections").EnumerateArray());
        Assert.Equal(("order", "caught-up"), (Text(projection, "projection"), Text(projection.GetProperty("result"), "outcome")));
        Assert.Equal(5, (await _world.ViewAsync(events[0].Stream))!.Version);
        Assert.Single(_world.Publisher.Sent);
    }

    [Fact]
    public async Task A_discarded_event_is_kept_with_who_why_and_when_and_is_neither_listed_nor_published()
    {
        var source = await ParkAsync(2);
        _world.Documents.Put(Document(Confirmed(2)));

        var call = await DiscardAsync(source, """{"reason":" It was a test. "}""");

        Assert.Equal(200, call.Response.StatusCode);
        var discarded = call.Json.GetProperty("discarded");
        Assert.Equal(("discarded", "It was a test."), (Text(call.Json, "status"), Text(discarded, "reason")));
        Assert.Equal(_world.Clock.GetUtcNow(), discarded.GetProperty("at").GetDateTimeOffset());
        Assert.NotEmpty(Text(discarded, "correlationId")!);
        Assert.Empty((await ListAsync()).Json.GetProperty("items").EnumerateArray());
        var retry = await RetryAsync(source);
        Assert.Equal((409, "event-discarded"), (retry.Response.StatusCode, Text(retry.Json, "code")));
        Assert.Empty(_world.Publisher.Sent);
        Assert.Equal("discarded", Text((await GetAsync(source)).Json, "status"));
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"reason":" "}""")]
    [InlineData("""{"reason":"a\u0000b"}""")]
    public async Task Nothing_is_discarded_without_a_reason(string body)
    {
        var source = await ParkAsync(2);

        var call = await DiscardAsync(source, body);

        Assert.Equal(400, call.Response.StatusCode);
        Assert.Equal("reason", Assert.Single(call.Json.GetProperty("errors").EnumerateObject()).Name);
        Assert.Null((await _world.Parked.FindAsync(source))!.Discarded);
    }

    [Fact]
    public async Task What_is_not_parked_is_404_everywhere()
    {
        var source = new DocumentReference("ordering-1", EventDocument.IdOf(1));

        var calls = new[] { await GetAsync(source), await RetryAsync(source), await DiscardAsync(source, """{"reason":"x"}""") };

        Assert.All(calls, c => Assert.Equal((404, "event-not-parked"), (c.Response.StatusCode, Text(c.Json, "code"))));
    }

    private static string? Text(JsonElement json, string property) => json.GetProperty(property).GetString();

    /// <summary>Parks the event as the relay does, because its type is not known.</summary>
    private async Task<DocumentReference> ParkAsync(long version)
    {
        Spoil(version, "type", "order-vanished");
        var document = (await _world.Documents.FindAsync(new DocumentReference(Confirmed(version).Stream.Value, EventDocument.IdOf(version))))!.Value;
        await _world.Get<ChangeRelay>().RelayAsync([document], CancellationToken.None);
        return new DocumentReference(Confirmed(version).Stream.Value, EventDocument.IdOf(version));
    }

    private void Spoil(long version, string property, JsonNode value)
    {
        var json = JsonNode.Parse(Document(Confirmed(version)).GetRawText())!.AsObject();
        json[property] = value;
        _world.Documents.Put(Json(json.ToJsonString()));
    }

    private Task<HttpCall> ListAsync() => _world.CallAsync<ListParkedEventsEndpoint>((e, r) => e.RunAsync(r, CancellationToken.None));

    private Task<HttpCall> GetAsync(DocumentReference source) =>
        _world.CallAsync<GetParkedEventEndpoint>((e, r) => e.RunAsync(r, source.Stream, source.Id, CancellationToken.None));

    private Task<HttpCall> RetryAsync(DocumentReference source) =>
        _world.CallAsync<RetryParkedEventEndpoint>((e, r) => e.RunAsync(r, source.Stream, source.Id, CancellationToken.None));

    private Task<HttpCall> DiscardAsync(DocumentReference source, string body) =>
        _world.CallAsync<DiscardParkedEventEndpoint>((e, r) => e.RunAsync(r, source.Stream, source.Id, CancellationToken.None), body: body);
}
