using System.Text;
using System.Text.Json;
using EventFunctions.EventSourcing.Tests.Sample;

namespace EventFunctions.EventSourcing.Tests.Administration;

public sealed class ForeignMappingTests
{
    private const string Mapping = """
        {
          "type": "$.event", "time": "$.at", "id": "$.uid", "correlation": "$.context.transaction", "user": "$.context.who",
          "ignore": ["Heartbeat"],
          "events": {
            "AccountCreated": {
              "type": "wallet-opened", "schemaVersion": 1, "stream": "wallet-{$.account.number}",
              "data": { "owner": "$.account.holder.name", "kind": "Personal" }
            },
            "Deposit": {
              "type": "money-added", "schemaVersion": 2, "stream": "wallet-{$.account}",
              "data": { "amount": { "$number": "$.sum" }, "note": { "$optional": "$.text" } }
            }
          }
        }
        """;

    [Fact]
    public void Foreign_events_become_ours_with_ids_and_versions_that_a_second_run_repeats()
    {
        string[] lines =
        [
            """{"event":"AccountCreated","at":"2020-02-03T04:05:06+02:00","uid":"e-1","context":{"transaction":"t1","who":"ann"},"account":{"number":"a7","holder":{"name":"Ånn"}}}""",
            """{"event":"Heartbeat","at":"2020-02-03T04:05:06Z"}""",
            """{"event":"Deposit","at":"2020-02-03T05:05:06Z","uid":"6a0d1f0e-4b3f-4b51-a2a4-6d0c4dd7b2c1","context":{"transaction":"t2"},"account":"a7","sum":"12","text":"rent"}""",
            """{"event":"Deposit","at":"2020-02-03T05:05:06Z","uid":"e-3","context":{"transaction":"t3"},"account":"b9","sum":"5"}""",
        ];

        var first = Map(lines);
        Assert.Equal(first.Select(Text), Map(lines).Select(Text));
        Assert.IsType<ForeignLine.Ignored>(first[1]);
        var events = first.OfType<ForeignLine.Mapped>().Select(m => WalletFixtures.Serializer.Read(m.Event)).ToList();

        Assert.Equal([("wallet-a7", 1L), ("wallet-a7", 2L), ("wallet-b9", 1L)], events.Select(e => (e.Stream.Value, e.Version)));
        Assert.Equal<IDomainEvent>(
            [new WalletEvent.Opened("Ånn", WalletKind.Personal), new WalletEvent.Added(12, "rent"), new WalletEvent.Added(5)], events.Select(e => e.Data));
        Assert.Equal(new DateTimeOffset(2020, 2, 3, 2, 5, 6, TimeSpan.Zero), events[0].Time);
        Assert.Equal(("t1", "ann", "migration"), (events[0].Metadata.CorrelationId, events[0].Metadata.User, events[0].Metadata.Source));
        Assert.Equal(Guid.Parse("6a0d1f0e-4b3f-4b51-a2a4-6d0c4dd7b2c1"), events[1].EventId);
        Assert.Equal(3, events.Select(e => e.EventId).Distinct().Count());
        Assert.Equal(3, events.Select(e => e.Metadata.CommandId).Distinct().Count());
    }

    [Theory]
    [InlineData("""{"$all":"$.o","b":7}""", """{"a":1,"b":7,"n":{"x":[1,null]}}""")]
    [InlineData("""{"lines":{"$each":"$.list","$item":{"sku":"@.s","of":"$.o.a","fix":true}}}""", """{"lines":[{"sku":"p","of":1,"fix":true},{"sku":"q","of":1,"fix":true}]}""")]
    [InlineData("""{"t":{"$text":"$.o.a"},"n":{"$number":"$.num"}}""", """{"t":"1","n":2.50}""")]
    [InlineData("""{"x":{"$optional":"$.nothing"},"y":["$.o.a","constant",null]}""", """{"y":[1,"constant",null]}""")]
    [InlineData("\"$.o.n\"", """{"x":[1,null]}""")]
    public void A_template_is_filled(string template, string expected)
    {
        var mapped = Assert.IsType<ForeignLine.Mapped>(MapWith(template, """{"e":"E","t":"2020-01-01T00:00:00Z","o":{"a":1,"b":2,"n":{"x":[1,null]}},"list":[{"s":"p"},{"s":"q"}],"num":"2.50"}"""));

        Assert.Equal(expected, mapped.Event.Data.GetRawText());
    }

    [Theory]
    [InlineData("\"$.nothing\"", "$.nothing")]
    [InlineData("\"@.s\"", "outside of $item")]
    [InlineData("""{"$each":"$.o","$item":1}""", "array")]
    [InlineData("""{"$number":"$.e"}""", "no number")]
    public void What_a_template_cannot_find_is_told(string template, string cause)
    {
        var refused = Assert.IsType<ForeignLine.Refused>(MapWith(template, """{"e":"E","t":"2020-01-01T00:00:00Z","o":{}}"""));

        Assert.Contains(cause, refused.Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"event":"Sneeze"}""", "Sneeze")]
    [InlineData("""{"event":7}""", "7")]
    public void A_type_without_a_rule_is_told_and_never_left_out(string line, string type) =>
        Assert.Equal(new ForeignLine.Unmapped(type), Assert.Single(Map([line])));

    [Theory]
    [InlineData("no json")]
    [InlineData("{}")]
    [InlineData("""{"event":"Deposit","at":"yesterday","uid":"1","context":{"transaction":"t"},"account":"a","sum":"1"}""")]
    [InlineData("""{"event":"Deposit","at":"2020-01-01T00:00:00Z","uid":"1","context":{"transaction":"t"},"account":"a b","sum":"1"}""")]
    public void A_line_that_cannot_be_mapped_is_refused(string line) => Assert.IsType<ForeignLine.Refused>(Assert.Single(Map([line])));

    [Fact]
    public void A_version_of_the_other_system_has_to_be_the_next()
    {
        var mapping = Parse("""{"type":"$.e","time":"$.t","version":"$.v","events":{"E":{"type":"x","schemaVersion":1,"stream":"wallet-1","data":{}}}}""");
        var mapper = new ForeignEventMapper(mapping);

        Assert.IsType<ForeignLine.Mapped>(mapper.Map("""{"e":"E","t":"2020-01-01T00:00:00Z","v":1}"""u8));
        Assert.IsType<ForeignLine.Refused>(mapper.Map("""{"e":"E","t":"2020-01-01T00:00:00Z","v":3}"""u8));
        Assert.IsType<ForeignLine.Mapped>(mapper.Map("""{"e":"E","t":"2020-01-01T00:00:00Z","v":2}"""u8));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"type":"$.e","events":{}}""")]
    [InlineData("""{"type":"e","time":"$.t","events":{}}""")]
    [InlineData("""{"type":"$.e","time":"$.t","events":{},"evnts":{}}""")]
    public void What_is_no_mapping_is_refused(string json) => Assert.Throws<ForeignMappingException>(() => Parse(json));

    private static ForeignMapping Parse(string json) => ForeignMapping.Parse(Encoding.UTF8.GetBytes(json));

    private static IReadOnlyList<ForeignLine> Map(IEnumerable<string> lines)
    {
        var mapper = new ForeignEventMapper(Parse(Mapping));
        return [.. lines.Select(l => mapper.Map(Encoding.UTF8.GetBytes(l)))];
    }

    private static ForeignLine MapWith(string template, string line)
    {
        var mapping = Parse(
            """{"type":"$.e","time":"$.t","events":{"E":{"type":"x","schemaVersion":1,"stream":"wallet-1","data":TEMPLATE}}}"""
                .Replace("TEMPLATE", template, StringComparison.Ordinal));
        return new ForeignEventMapper(mapping).Map(Encoding.UTF8.GetBytes(line));
    }

    /// <summary>Data compares by reference; here by what it says.</summary>
    private static string Text(ForeignLine line) =>
        line is ForeignLine.Mapped { Event: var document } ? JsonSerializer.Serialize(document, EventJson.Options) : line.ToString();
}
