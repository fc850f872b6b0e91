using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Testing;
using EventFunctions.Integration;
using EventFunctions.Integration.Contracts;
using EventFunctions.Tests.Delivery;
using EventFunctions.Tests.Support;

namespace EventFunctions.Tests.Integration;

/// <summary>What others build on: names and shapes do not change under them.</summary>
public sealed class ContractTests
{
    private static readonly IntegrationContracts Contracts = new();
    private static readonly JsonSerializerOptions Indented = new(EventJson.Options) { WriteIndented = true };
    private static readonly string Kept = Path.Combine(SourceTree.Root, "tests", "EventFunctions", "Integration", "Contracts");
    private static readonly string Schemas = Path.Combine(SourceTree.Root, "docs", "integration-events", "schemas");
    private static readonly XmlDocumentation Texts = XmlDocumentation.Of(typeof(IntegrationEvent).Assembly);

    public static TheoryData<string> Types => [.. Contracts.All.Select(c => c.Type)];

    [Fact]
    public void Every_contract_has_one_example() =>
        Assert.Equal(Contracts.All.Select(c => c.Shape).OrderBy(t => t.Name), ContractSamples.All.Select(s => s.GetType()).OrderBy(t => t.Name));

    [Theory]
    [MemberData(nameof(Types))]
    public void An_event_is_written_as_it_always_was_and_read_back(string type)
    {
        var sample = SampleOf(type);

        var json = JsonSerializer.Serialize(sample, sample.GetType(), Indented);

        new KeptFile(Path.Combine(Kept, $"{type}.json")).Check(json + "\n");
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize(json, sample.GetType(), EventJson.Options), sample.GetType(), Indented));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void The_published_schema_is_the_codes_and_the_example_is_valid_by_it(string type)
    {
        var sample = SampleOf(type);

        var schema = SchemaOf(type);

        new KeptFile(Path.Combine(Schemas, $"{type}.json")).Check(schema.ToJsonString(Indented) + "\n");
        Assert.Empty(new SchemaCheck(schema).ProblemsOf(JsonSerializer.SerializeToNode(sample, sample.GetType(), EventJson.Options)));
        Assert.NotEmpty(new SchemaCheck(schema).ProblemsOf(new JsonObject()));
    }

    [Fact]
    public void A_contract_knows_no_type_of_the_domain_and_nothing_that_is_marked_as_personal() => Assert.All(
        Contracts.All.SelectMany(c => TypesIn(c.Shape)).Distinct(),
        type =>
        {
            Assert.DoesNotContain("EventFunctions.Domain", type.FullName!, StringComparison.Ordinal);
            Assert.DoesNotContain(type.GetProperties(), p => p.IsDefined(typeof(PersonalDataAttribute), inherit: true));
        });

    [Fact]
    public void No_schema_is_published_of_what_is_no_contract() => Assert.Equal(
        Contracts.All.Select(c => $"{c.Type}.json"), Directory.GetFiles(Schemas).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));

    private static IntegrationEvent SampleOf(string type) => ContractSamples.All.Single(s => Contracts.Of(s).Type == type);

    private static JsonObject SchemaOf(string type)
    {
        Assert.True(Contracts.TryGet(type, out var contract));
        var set = new SchemaSet(Texts, "#/$defs/");
        var schema = set.Of(contract.Shape);
        if (set.Definitions is { Count: > 0 } definitions)
        {
            schema["$defs"] = definitions;
        }

        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "$id", contract.SchemaId);
        schema.Insert(2, "title", type);
        schema.Insert(3, "description", Texts.OfType(contract.Shape));
        return schema;
    }

    private static IEnumerable<Type> TypesIn(Type type) =>
        type.Namespace!.StartsWith("System", StringComparison.Ordinal)
            ? type.GetGenericArguments().SelectMany(TypesIn)
            : [type, .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).SelectMany(p => TypesIn(p.PropertyType))];
}
