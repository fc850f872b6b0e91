using System.Text.Json.Nodes;
using EventFunctions.CatalogGenerator.AsyncApi;
using EventFunctions.CatalogGenerator.Model;
using EventFunctions.CatalogGenerator.Sources;
using EventFunctions.Tests.Support;

namespace EventFunctions.CatalogGenerator.Tests;

public sealed class AsyncApiTests
{
    private static readonly Repository Repository = Repository.Around(AppContext.BaseDirectory);

    [Fact]
    public async Task Every_reference_leads_somewhere()
    {
        var document = await DocumentAsync();
        var references = ReferencesIn(document).ToList();

        Assert.True(references.Count > 100, $"{references.Count} references");
        Assert.All(references, r => Assert.True(Follow(document, r) is not null, r));
    }

    [Fact]
    public async Task Every_example_is_a_message_as_described()
    {
        var document = await DocumentAsync();
        foreach (var (key, message) in document["components"]!["messages"]!.AsObject())
        {
            var example = message!["examples"]![0]!;
            var payload = CheckOf(document, message["payload"]!);
            Assert.Empty(payload.ProblemsOf(example["payload"]));
            Assert.Empty(CheckOf(document, message["headers"]!).ProblemsOf(example["headers"]));
            foreach (var (field, other) in new[] { ("type", (JsonNode)"something-else"), ("schemaVersion", 99), ("data", new JsonObject()) })
            {
                var changed = example["payload"]!.DeepClone();
                changed[field] = other;
                Assert.True(payload.ProblemsOf(changed).Count > 0, $"{key} with another {field}");
            }
        }
    }

    [Fact]
    public async Task Every_property_that_the_app_sends_is_described_and_the_required_ones_are_always_sent()
    {
        var sources = await CatalogSources.LoadAsync(Repository, CancellationToken.None);
        var headers = MessageHeaders.Schema();
        var described = headers["properties"]!.AsObject().Select(p => p.Key).ToHashSet();
        var required = headers["required"]!.AsArray().Select(n => (string)n!).ToList();

        Assert.All(sources.Events, e => Assert.Subset(described, e.Message.ApplicationProperties.Keys.ToHashSet()));
        Assert.All(sources.Events, e => Assert.Superset(required.ToHashSet(), e.Message.ApplicationProperties.Keys.ToHashSet()));
        Assert.Equal(["tenant", "traceparent", "process"], described.Except(required));
    }

    [Fact]
    public async Task A_function_receives_what_the_rules_of_its_subscription_let_through()
    {
        var document = await DocumentAsync();

        Assert.Equal(["order-placed.v1", "order-placed.v2"], ReceivedBy(document, "StartOrderSaga"));
        Assert.Equal(["stock-committed.v1", "stock-released.v1", "stock-reserved.v1"], ReceivedBy(document, "ProjectInventoryTimeline"));
        Assert.Equal(["shipment-delivered.v1"], ReceivedBy(document, "RelayDeliveryToSaga"));
        Assert.Contains("low-stock-alerted.v1", ReceivedBy(document, "ProjectStockView"));
        Assert.Equal("ordering-events/subscriptions/StartOrderSaga", (string?)Follow(document, (string)document["operations"]!["StartOrderSaga"]!["channel"]!["$ref"]!)!["address"]);
    }

    [Fact]
    public async Task Every_version_of_every_event_is_sent_once_and_operations_stay_within_their_channels()
    {
        var sources = await CatalogSources.LoadAsync(Repository, CancellationToken.None);
        var document = AsyncApiDocument.Build(sources, CatalogBuilder.Build(sources));
        var operations = document["operations"]!.AsObject();

        var sent = operations.Where(o => (string?)o.Value!["action"] == "send").SelectMany(o => MessagesOf(o.Value!)).ToList();

        Assert.Equal(sources.Events.Select(e => e.Sample.Key).Order(), sent.Order());
        Assert.All(operations, o => Assert.All(
            o.Value!["messages"]!.AsArray(), m => Assert.StartsWith((string)o.Value["channel"]!["$ref"]! + "/messages/", (string)m!["$ref"]!, StringComparison.Ordinal)));
    }

    private static async Task<JsonObject> DocumentAsync()
    {
        var sources = await CatalogSources.LoadAsync(Repository, CancellationToken.None);
        return AsyncApiDocument.Build(sources, CatalogBuilder.Build(sources));
    }

    private static IEnumerable<string> ReceivedBy(JsonObject document, string function) => MessagesOf(document["operations"]![function]!);

    private static IEnumerable<string> MessagesOf(JsonNode operation) => operation["messages"]!.AsArray().Select(m => ((string)m!["$ref"]!).Split('/')[^1]);

    /// <summary>A schema of the document with all that it refers to, where JSON Schema by itself has it.</summary>
    private static SchemaCheck CheckOf(JsonObject document, JsonNode schema)
    {
        var whole = new JsonObject { ["allOf"] = new JsonArray(schema.DeepClone()), ["$defs"] = document["components"]!["schemas"]!.DeepClone() };
        return new SchemaCheck(JsonNode.Parse(whole.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal))!.AsObject());
    }

    private static JsonNode? Follow(JsonNode document, string reference) =>
        reference.Split('/').Skip(1).Aggregate((JsonNode?)document, (node, part) => node?[part]);

    private static IEnumerable<string> ReferencesIn(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => p.Key == "$ref" && p.Value is JsonValue ? [(string)p.Value!] : ReferencesIn(p.Value)),
        JsonArray a => a.SelectMany(ReferencesIn),
        _ => [],
    };
}
