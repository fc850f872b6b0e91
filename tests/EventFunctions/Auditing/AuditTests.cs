using EventFunctions.Auditing;
using EventFunctions.EventSourcing;
using EventFunctions.Tests.Http;
using EventFunctions.Tests.Publishing;

namespace EventFunctions.Tests.Auditing;

public sealed class AuditTests
{
    private readonly InMemoryAuditTrail _trail = new();

    [Theory]
    [InlineData("203.0.113.77", "203.0.113.0/24")]
    [InlineData("::ffff:203.0.113.77", "203.0.113.0/24")]
    [InlineData("2001:db8:85a3:8d3:1319:8a2e:370:7348", "2001:db8:85a3::/48")]
    [InlineData("::1", "::/48")]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("somewhere", null)]
    public void Of_an_address_the_network_is_kept(string? address, string? network) => Assert.Equal(network, ClientNetworks.Of(address));

    [Fact]
    public void An_entry_says_who_did_what_and_nothing_of_the_data()
    {
        var placed = EventSamples.Envelope(EventSamples.Placed(), Domain.Ordering.Order.StreamOf(EventSamples.SampleOrder));
        var envelope = placed with { Metadata = placed.Metadata with { User = "ada", ClientAddress = "203.0.113.77", UserAgent = "curl/8", Source = "http", CausationId = "cause-1" } };

        var entry = AuditEntry.Of(envelope);

        Assert.Equal(
            new AuditEntry(
                envelope.EventId, "order-placed", 2, envelope.Stream.Value, 1, envelope.Time, envelope.Metadata.CommandId, "corr-1", "cause-1", "ada", "203.0.113.0/24", "http"),
            entry);
        var json = System.Text.Json.JsonSerializer.Serialize(entry, EventJson.Options);
        Assert.All(["customer-1", "Street", "203.0.113.77", "curl"], text => Assert.DoesNotContain(text, json, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("?stream=ordering-6b1f2ad09f0e4a528f0c2f1f7c2e5a01", 1)]
    [InlineData("?correlation=corr-1", 1)]
    [InlineData("?user=nobody", 0)]
    [InlineData("?correlation=corr-1&from=2027-01-01T00:00:00Z", 0)]
    [InlineData("?correlation=corr-1&to=2027-01-01T00:00:00Z", 1)]
    public async Task The_endpoint_answers_by_stream_correlation_or_user_and_time(string query, int entries)
    {
        await _trail.RecordAsync(AuditEntry.Of(EventSamples.Confirmed()));

        var answer = await AnswerAsync(query);

        Assert.Equal((200, entries), (answer.Response.StatusCode, answer.Json.GetProperty("items").GetArrayLength()));
    }

    [Theory]
    [InlineData("", "stream")]
    [InlineData("?stream=a-1&user=b", "stream")]
    [InlineData("?user=a&from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "to")]
    [InlineData("?user=a&from=yesterday", "from")]
    [InlineData("?user=a&pageSize=1000", "pageSize")]
    [InlineData("?user=a&continuation=x!", "continuation")]
    public async Task A_question_that_is_none_is_told(string query, string field)
    {
        var answer = await AnswerAsync(query);

        Assert.Equal(400, answer.Response.StatusCode);
        Assert.Equal(field, Assert.Single(answer.Json.GetProperty("errors").EnumerateObject()).Name);
    }

    [Fact]
    public async Task Who_is_erased_is_named_by_no_entry_any_more()
    {
        var confirmed = EventSamples.Confirmed();
        await _trail.RecordAsync(AuditEntry.Of(confirmed with { Metadata = confirmed.Metadata with { User = "customer-1", ClientAddress = "203.0.113.77" } }));

        var cleaned = await new AuditErasure(_trail).EraseAsync(new DataSubjectId("customer-1"), CancellationToken.None);

        var entry = Assert.Single((await _trail.ReadAsync(AuditQuery.OfStream(confirmed.Stream.Value), 10)).Entries);
        Assert.Equal((1, "[erased]", "[erased]"), (cleaned, entry.User, entry.ClientNetwork));
    }

    private Task<HttpCall> AnswerAsync(string query)
    {
        var call = new HttpCall();
        call.Request.QueryString = new Microsoft.AspNetCore.Http.QueryString(query);
        return call.AnswerAsync(r => new ReadAuditTrailEndpoint(_trail).RunAsync(r, CancellationToken.None));
    }
}
