using System.Text.Json;
using System.Text.Json.Nodes;
using EventFunctions.Tests.Support;

namespace EventFunctions.EventSourcing.Tests.Schemas;

public sealed class EventSchemasTests
{
    private static readonly EventSchemas Schemas = new(new Texts(), "urn:sample");

    [Fact]
    public void What_is_written_is_valid()
    {
        var schema = new SchemaCheck(SchemaOf<SampleHappened>());

        Assert.Empty(schema.ProblemsOf(Written(SampleHappened.Full)));
        Assert.Empty(schema.ProblemsOf(Written(SampleHappened.Full with { Remark = null, Second = null, Other = null })));
    }

    [Fact]
    public void A_field_is_required_just_where_reading_insists_on_it()
    {
        var schema = new SchemaCheck(SchemaOf<SampleHappened>());
        var fields = Written(SampleHappened.Full).Select(p => p.Key).ToList();

        var refused = fields.Where(f => schema.ProblemsOf(Without(f)).Count > 0);
        var unreadable = fields.Where(f => !IsRead(Without(f)));

        Assert.Equal(unreadable, refused);
        Assert.Equal(["size", "remark", "second", "other", "weight"], fields.Except(refused));
    }

    [Theory]
    [InlineData("name", "1")]
    [InlineData("name", "null")]
    [InlineData("count", "\"1\"")]
    [InlineData("count", "1.5")]
    [InlineData("price", "true")]
    [InlineData("done", "0")]
    [InlineData("id", "\"1\"")]
    [InlineData("at", "\"yesterday\"")]
    [InlineData("colour", "\"Green\"")]
    [InlineData("colour", "0")]
    [InlineData("label", "\"x-1\"")]
    [InlineData("part", "{}")]
    [InlineData("part", "[]")]
    [InlineData("parts", """[{"code":1}]""")]
    [InlineData("parts", "{}")]
    [InlineData("tally", """{"x":"1"}""")]
    [InlineData("remark", "null")]
    [InlineData("second", "\"Green\"")]
    [InlineData("other", "\"\"")]
    public void A_field_of_another_form_is_refused(string field, string value)
    {
        var json = Written(SampleHappened.Full);
        json[field] = JsonNode.Parse(value);

        Assert.NotEmpty(new SchemaCheck(SchemaOf<SampleHappened>()).ProblemsOf(json));
    }

    [Fact]
    public void A_field_that_is_not_known_is_passed_over()
    {
        var json = Written(SampleHappened.Full);
        json["news"] = 1;

        Assert.Empty(new SchemaCheck(SchemaOf<SampleHappened>()).ProblemsOf(json));
    }

    [Fact]
    public void A_schema_names_dialect_event_and_version_and_nothing_of_the_code()
    {
        var schema = SchemaOf<SampleHappened>();

        Assert.Equal(
            ("https://json-schema.org/draft/2020-12/schema", "urn:sample:sample-happened:1", "sample-happened, version 1"),
            ((string?)schema["$schema"], (string?)schema["$id"], (string?)schema["title"]));
        Assert.DoesNotContain("EventFunctions", schema.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("SampleHappened", schema.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_used_twice_is_defined_once_and_told_where_it_stands()
    {
        var schema = SchemaOf<SampleHappened>();

        Assert.Equal(["label", "part"], schema["$defs"]!.AsObject().Select(d => d.Key));
        Assert.Equal("""{"$ref":"#/$defs/part"}""", schema["properties"]!["parts"]!["items"]!.ToJsonString());
        Assert.Equal("""{"$ref":"#/$defs/label","description":"The label of it."}""", schema["properties"]!["label"]!.ToJsonString());
        Assert.Equal("A label.", (string?)schema["$defs"]!["label"]!["description"]);
        Assert.Equal("What happened.", (string?)schema["description"]);
    }

    [Fact]
    public void The_document_of_an_event_is_valid_against_its_own_schema()
    {
        var set = new SchemaSet(new Texts(), "#/$defs/");
        var schema = set.Of(typeof(EventDocument));
        schema["$defs"] = set.Definitions;
        var document = new EventDocument(
            EventDocument.IdOf(1), "sample-1", EventDocument.EventKind, 1, Guid.NewGuid(), "sample-happened", 3, DateTimeOffset.UnixEpoch,
            JsonSerializer.SerializeToElement(SampleHappened.Full, EventJson.Options), new EventMetadata(Guid.NewGuid(), "corr-1"));
        var json = JsonSerializer.SerializeToNode(document, EventJson.Options)!.AsObject();

        Assert.Empty(new SchemaCheck(schema).ProblemsOf(json));
        json["metadata"]!.AsObject().Remove("correlationId");
        Assert.NotEmpty(new SchemaCheck(schema).ProblemsOf(json));
    }

    [Theory]
    [InlineData(typeof(SecretKept), "SecretConverter")]
    [InlineData(typeof(DollFound), "contains itself")]
    [InlineData(typeof(NamesMet), "'part'")]
    public void What_no_schema_can_tell_is_refused_by_name(Type type, string named)
    {
        var registry = EventTypeRegistry.FromTypes(type);

        var exception = Assert.Throws<NotSupportedException>(() => Schemas.Of(Assert.Single(registry.Versions)));

        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
    }

    private static JsonObject SchemaOf<TEvent>() => Schemas.Of(EventTypeRegistry.FromTypes(typeof(TEvent)).Versions.Single(v => v.IsNewest));

    private static JsonObject Written<TEvent>(TEvent happened) => JsonSerializer.SerializeToNode(happened, EventJson.Options)!.AsObject();

    private static JsonObject Without(string field)
    {
        var json = Written(SampleHappened.Full);
        json.Remove(field);
        return json;
    }

    private static bool IsRead(JsonObject json)
    {
        try
        {
            return json.Deserialize<SampleHappened>(EventJson.Options) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private sealed class Texts : ISchemaTexts
    {
        public string? OfType(Type type) => type == typeof(Label) ? "A label." : type == typeof(SampleHappened) ? "What happened." : null;

        public string? OfProperty(Type type, string property) =>
            (type, property) == (typeof(SampleHappened), nameof(SampleHappened.Label)) ? "The label of it." : null;
    }
}
