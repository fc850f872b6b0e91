using System.Text;
using System.Text.Json;
using EventFunctions.EventSourcing.Tests.Sample;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.EventSourcing.Tests.Serialization;

public sealed class EventSerializerTests
{
    private const string Stored = """
        {"id":"0000000007","stream":"acme.wallet-9","kind":"event","version":7,"eventId":"11111111-2222-3333-4444-555555555555",
        "type":"wallet-opened","schemaVersion":1,"time":"2026-03-01T10:00:00+00:00","data":{"owner":"ann","kind":"Shared"},
        "metadata":{"commandId":"66666666-7777-8888-9999-000000000000","correlationId":"c1","tenant":"acme"}}
        """;

    private static readonly EventEnvelope Opened = new(
        new Guid("11111111-2222-3333-4444-555555555555"),
        StreamName.Parse("acme.wallet-9"),
        7,
        "wallet-opened",
        1,
        new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero),
        new WalletEvent.Opened("ann", WalletKind.Shared),
        new EventMetadata(new Guid("66666666-7777-8888-9999-000000000000"), "c1", Tenant: "acme"));

    [Fact]
    public void An_event_is_written_in_its_published_shape()
    {
        var json = JsonSerializer.Serialize(Serializer.Write(Opened), EventJson.Options);

        Assert.Equal(Stored.ReplaceLineEndings(string.Empty), json);
    }

    [Fact]
    public void An_event_reads_as_it_was_written() => Assert.Equal(Opened, Serializer.Read(Utf8(Stored)));

    [Fact]
    public void Times_are_kept_in_UTC()
    {
        var elsewhere = Opened with { Time = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(2)) };

        Assert.Equal(TimeSpan.Zero, Serializer.Write(elsewhere).Time.Offset);
        Assert.Equal(Opened, Serializer.Read(Serializer.Write(elsewhere)));
    }

    [Fact]
    public void Properties_that_the_store_adds_are_no_concern() =>
        Assert.Equal(Opened, Serializer.Read(Utf8(Stored.Replace("\"kind\":\"event\"", "\"_etag\":\"\\\"1\\\"\",\"kind\":\"event\"", StringComparison.Ordinal))));

    [Fact]
    public void A_field_that_may_be_missing_reads_as_its_default()
    {
        var document = Serializer.Write(Envelope(NewStream(), 1, new WalletEvent.Added(3)));

        Assert.Equal("""{"amount":3}""", document.Data.GetRawText());
        Assert.Equal(new WalletEvent.Added(3), Serializer.Read(document).Data);
    }

    [Theory]
    [InlineData("\"owner\":\"ann\",", "", "owner")]
    [InlineData("\"owner\":\"ann\"", "\"owner\":null", "owner")]
    [InlineData(",\"kind\":\"Shared\"", "", "kind")]
    [InlineData("\"kind\":\"Shared\"", "\"kind\":\"Secret\"", "kind")]
    [InlineData("\"kind\":\"Shared\"", "\"kind\":1", "kind")]
    [InlineData("{\"owner\":\"ann\",\"kind\":\"Shared\"}", "null", "data")]
    [InlineData("\"kind\":\"event\"", "\"kind\":\"head\"", "head")]
    [InlineData("\"version\":7", "\"version\":0", "version 0")]
    [InlineData("acme.wallet-9", "nonsense", "nonsense")]
    [InlineData("\"eventId\":\"11111111-2222-3333-4444-555555555555\",", "", "eventId")]
    [InlineData("\"correlationId\":\"c1\",", "", "correlationId")]
    [InlineData("{\"id\"", "{{\"id\"", "not an event")]
    public void What_is_not_a_whole_event_is_an_error_that_says_why(string part, string replacement, string why)
    {
        var json = Stored.ReplaceLineEndings(string.Empty);
        Assert.Contains(part, json, StringComparison.Ordinal);

        var exception = Assert.Throws<EventFormatException>(
            () => Serializer.Read(Utf8(json.Replace(part, replacement, StringComparison.Ordinal))));

        Assert.Contains(why, exception.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void JSON_null_is_an_error() => Assert.Throws<EventFormatException>(() => Serializer.Read(Utf8("null")));

    [Theory]
    [InlineData("\"schemaVersion\":1", "\"schemaVersion\":2")]
    [InlineData("wallet-opened", "wallet-closed")]
    public void An_unknown_type_is_an_error_and_never_skipped(string part, string replacement) =>
        Assert.Throws<UnknownEventTypeException>(() => Serializer.Read(Utf8(Stored.Replace(part, replacement, StringComparison.Ordinal))));

    [Fact]
    public void An_envelope_that_names_another_type_than_its_data_is_refused() =>
        Assert.Throws<ArgumentException>(() => Serializer.Write(Opened with { Type = "money-added" }));

    [Theory]
    [InlineData(1, "0000000001")]
    [InlineData(9_999_999_999, "9999999999")]
    public void Ids_order_as_their_versions_do(long version, string id) => Assert.Equal(id, EventDocument.IdOf(version));

    [Theory]
    [InlineData(0)]
    [InlineData(10_000_000_000)]
    public void A_version_without_a_place_in_an_id_is_refused(long version) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => EventDocument.IdOf(version));

    private static ReadOnlyMemory<byte> Utf8(string json) => Encoding.UTF8.GetBytes(json);
}
