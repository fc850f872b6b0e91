using System.Reflection;
using System.Text.Json.Nodes;
using EventFunctions.CatalogGenerator.OpenApi;
using EventFunctions.Publishing;
using EventFunctions.Tests.Support;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.CatalogGenerator.Tests.OpenApi;

public sealed class OpenApiDocumentTests
{
    private static readonly ApiSources Sources = ApiSources.Load(Repository.Around(AppContext.BaseDirectory));
    private static readonly JsonObject Document = JsonNode.Parse(OpenApiDocument.Build(Sources).ToJsonString())!.AsObject();

    private static List<(string Path, string Verb, JsonObject Operation)> Operations =>
    [
        .. from path in Document["paths"]!.AsObject()
           from verb in path.Value!.AsObject()
           select (path.Key, verb.Key, verb.Value!.AsObject()),
    ];

    [Fact]
    public void Every_http_triggered_function_is_one_operation()
    {
        var functions =
            from type in typeof(EventRelay).Assembly.GetTypes()
            from method in type.GetMethods()
            where method.GetParameters().Any(p => p.GetCustomAttribute<HttpTriggerAttribute>() is { Methods.Length: > 0 })
            select method.GetCustomAttribute<FunctionAttribute>()!.Name;

        Assert.Equal(functions.Order(StringComparer.Ordinal), Operations.Select(o => (string)o.Operation["operationId"]!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_reference_leads_somewhere_and_everything_defined_is_referred_to()
    {
        var references = ReferencesIn(Document).ToHashSet();
        var defined = Document["components"]!.AsObject().Where(kind => kind.Key != "securitySchemes")
            .SelectMany(kind => kind.Value!.AsObject().Select(c => $"#/components/{kind.Key}/{c.Key}")).ToHashSet();

        Assert.True(references.Count > 60, $"{references.Count} references");
        Assert.Equal(defined.Order(StringComparer.Ordinal), references.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Operators_operations_ask_for_a_key_and_no_others_do()
    {
        Assert.Contains(Operations, o => o.Path.StartsWith("/api/admin/", StringComparison.Ordinal));
        Assert.All(Operations, o => Assert.Equal(
            o.Path.StartsWith("/api/admin/", StringComparison.Ordinal), o.Operation["security"]?[0]?["function-key"] is not null));
    }

    [Fact]
    public void Operators_operations_say_how_the_host_refuses_a_call_without_a_key_and_no_others_do() => Assert.All(Operations, o => Assert.Equal(
        o.Operation["security"] is not null,
        (string?)o.Operation["responses"]!["401"]?["$ref"] == "#/components/responses/no-function-key"));

    [Fact]
    public void Every_parameter_of_an_address_is_described_and_only_those()
    {
        Assert.All(Operations, o => Assert.Equal(
            o.Path.Split('/').Where(s => s.StartsWith('{')).Select(s => s.Trim('{', '}')),
            o.Operation["parameters"]!.AsArray().Where(p => (string?)p!["in"] == "path").Select(p => (string)p!["name"]!)));
    }

    [Fact]
    public void An_example_of_a_body_fits_its_schema()
    {
        var bodies = Operations.Select(o => o.Operation["requestBody"]?["content"]?["application/json"]).OfType<JsonNode>().ToList();

        Assert.True(bodies.Count > 5, $"{bodies.Count} bodies");
        Assert.All(bodies, body => Assert.Empty(CheckOf(body["schema"]!).ProblemsOf(body["example"])));
        Assert.All(bodies, body => Assert.NotEmpty(CheckOf(body["schema"]!).ProblemsOf(new JsonArray())));
    }

    [Fact]
    public void The_limits_of_a_body_are_those_of_its_validator()
    {
        var order = Document["components"]!["schemas"]!["place-order-request"]!;
        var line = Document["components"]!["schemas"]!["order-line-request"]!;

        Assert.Equal(
            ["customerId", "currency", "paymentToken", "shippingAddress", "lines"], order["required"]!.AsArray().Select(r => (string)r!));
        Assert.Equal((1, Domain.CustomerId.MaxLength), ((int)order["properties"]!["customerId"]!["minLength"]!, (int)order["properties"]!["customerId"]!["maxLength"]!));
        Assert.Equal((1, Domain.Ordering.OrderLines.MaxCount), ((int)order["properties"]!["lines"]!["minItems"]!, (int)order["properties"]!["lines"]!["maxItems"]!));
        Assert.Equal(
            ("integer", 1, Domain.Quantity.MaxValue),
            ((string)line["properties"]!["quantity"]!["type"]!, (int)line["properties"]!["quantity"]!["minimum"]!, (int)line["properties"]!["quantity"]!["maximum"]!));
        Assert.Null(order["properties"]!["currency"]!["maxLength"]);
        Assert.Null(Document["components"]!["schemas"]!["address-request"]!["required"]!.AsArray().FirstOrDefault(r => (string)r! == "line2"));
    }

    [Fact]
    public void An_operation_tells_the_codes_it_can_refuse_with()
    {
        var cancel = Operations.Single(o => (string)o.Operation["operationId"]! == "CancelOrder").Operation["responses"]!;

        Assert.Equal(["400", "404", "412", "413", "415", "422", "500", "503"], cancel.AsObject().Select(r => r.Key).Where(s => s[0] != '2'));
        Assert.Equal(["stale-version"], CodesOf(cancel["412"]!));
        Assert.Equal(["order-not-cancellable"], CodesOf(cancel["422"]!));
    }

    private static IEnumerable<string> CodesOf(JsonNode response) =>
        response["content"]!["application/problem+json"]!["schema"]!["allOf"]![1]!["properties"]!["code"]!["enum"]!.AsArray().Select(c => (string)c!);

    private static SchemaCheck CheckOf(JsonNode schema)
    {
        var whole = new JsonObject { ["allOf"] = new JsonArray(schema.DeepClone()), ["$defs"] = Document["components"]!["schemas"]!.DeepClone() };
        return new SchemaCheck(JsonNode.Parse(whole.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal))!.AsObject());
    }

    private static IEnumerable<string> ReferencesIn(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => p.Key == "$ref" && p.Value is JsonValue ? [(string)p.Value!] : ReferencesIn(p.Value)),
        JsonArray a => a.SelectMany(ReferencesIn),
        _ => [],
    };
}
