using System.Text.Json.Nodes;
using EventFunctions.CatalogGenerator.OpenApi;
using FluentValidation;

namespace EventFunctions.CatalogGenerator.Tests.OpenApi;

/// <summary>What is claimed of a body is what its validator does, and nothing where trials disagree.</summary>
public sealed class RequestLimitsTests
{
    [Fact]
    public void A_limit_of_the_whole_text_is_told_and_one_of_its_parts_is_not()
    {
        var schema = SchemaWithLimits();

        Assert.Equal(20, (int)schema["properties"]!["name"]!["maxLength"]!);
        Assert.Null(schema["properties"]!["mail"]!["maxLength"]);
        Assert.Equal(["name"], schema["required"]!.AsArray().Select(r => (string)r!));
    }

    [Theory]
    [InlineData("whole", "integer", 1, 9)]
    [InlineData("share", "number", 0, null)]
    [InlineData("any", "number", null, null)]
    public void Numbers_have_the_range_that_is_taken(string field, string type, int? minimum, int? maximum)
    {
        var number = SchemaWithLimits()["properties"]![field]!;

        Assert.Equal((type, minimum, maximum), ((string)number["type"]!, (int?)number["minimum"], (int?)number["maximum"]));
    }

    [Fact]
    public void A_schema_that_answers_have_too_is_left_alone()
    {
        var definitions = new JsonObject { ["thing"] = Schema() };
        var reference = new JsonObject { ["$ref"] = "#/components/schemas/thing" };

        new RequestLimits(new BodyReader(typeof(Thing), new ThingValidator()), Example(), definitions, new HashSet<string> { "thing" }).AddTo(reference);

        Assert.True(JsonNode.DeepEquals(Schema(), definitions["thing"]));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 7)]
    [InlineData(1, 1000)]
    [InlineData(3, 4)]
    public void A_boundary_is_found_wherever_it_is(int first, int limit) => Assert.Equal(limit, Boundary.Above(first, size => size <= limit));

    [Fact]
    public void Where_nothing_is_refused_there_is_no_boundary()
    {
        Assert.Null(Boundary.Above(1, _ => true));
        Assert.Null(Boundary.Above(1, _ => false));
    }

    private static JsonObject SchemaWithLimits()
    {
        var schema = Schema();
        new RequestLimits(new BodyReader(typeof(Thing), new ThingValidator()), Example(), [], new HashSet<string>()).AddTo(schema);
        return JsonNode.Parse(schema.ToJsonString())!.AsObject();
    }

    private static JsonObject Example() => JsonNode.Parse("""{"name":"cup","mail":"a@example.com","whole":2,"share":0.5,"any":1}""")!.AsObject();

    private static JsonObject Schema() => JsonNode.Parse(
        """
        {"type":"object","properties":{"name":{"type":"string"},"mail":{"type":"string"},"whole":{"type":"number"},"share":{"type":"number"},"any":{"type":"number"}}}
        """)!.AsObject();

    private sealed record Thing(string? Name, string? Mail, decimal? Whole, decimal? Share, decimal? Any);

    private sealed class ThingValidator : AbstractValidator<Thing>
    {
        public ThingValidator()
        {
            RuleFor(t => t.Name).Must(n => n is { Length: > 0 and <= 20 });
            RuleFor(t => t.Mail).Must(m => m is null || (m.Split('@') is [{ Length: <= 10 }, { Length: <= 15 }]));
            RuleFor(t => t.Whole).Must(n => n is null || (n == decimal.Truncate(n.Value) && n is >= 1 and <= 9));
            RuleFor(t => t.Share).Must(n => n is null or >= 0);
        }
    }
}
