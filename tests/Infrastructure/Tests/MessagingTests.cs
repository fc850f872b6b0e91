using EventFunctions.Infrastructure.Tests.App;
using EventFunctions.Infrastructure.Tests.Bicep.Evaluation;
using EventFunctions.Infrastructure.Tests.Bicep.Evaluation.Functions;
using EventFunctions.Infrastructure.Tests.Repository;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Infrastructure.Tests.Tests;

/// <summary>What is deployed to Service Bus is what messaging.json declares and what the triggers ask for; the file and the triggers are compared in tests/EventFunctions.</summary>
[Collection(InfrastructureCollection.Name)]
public sealed class MessagingTests(Repository.Infrastructure infrastructure)
{
    private const string Topic = "Microsoft.ServiceBus/namespaces/topics";
    private const string Queue = "Microsoft.ServiceBus/namespaces/queues";
    private const string Subscription = Topic + "/subscriptions";
    private const string Rule = Subscription + "/rules";

    /// <summary>The size of a message is not set: it is the tier's, and only Premium lets it be raised.</summary>
    private static readonly string[] NotDeployed = ["name", "subscriptions", "rules", "maxMessageSizeInKilobytes"];

    [BicepFact]
    public void Every_trigger_finds_its_subscription_or_queue()
    {
        var deployed = infrastructure.Deploy(Configuration.Default);
        var subscriptions = deployed.Of(Subscription).ToDictionary(s => (s.Names[1], s.Name));
        var queues = deployed.Of(Queue).ToDictionary(q => q.Name);
        var triggers = AppFunctions.Triggers<ServiceBusTriggerAttribute>();

        Assert.Equal(
            subscriptions.Keys.Order(), triggers.Where(t => t.QueueName is null).Select(t => (t.TopicName!, t.SubscriptionName!)).Order());
        Assert.Equal(queues.Keys.Order(), triggers.Where(t => t.QueueName is not null).Select(t => t.QueueName!).Order());
        Assert.All(triggers, t => Assert.Equal(
            new FlagValue(t.IsSessionsEnabled),
            (t.QueueName is null ? subscriptions[(t.TopicName!, t.SubscriptionName!)] : queues[t.QueueName]).Property("properties.requiresSession")));
    }

    [BicepFact]
    public void Every_topic_subscription_rule_and_queue_is_deployed_as_it_is_declared() => Assert.All(infrastructure.All(), d =>
    {
        var declared = (MapValue)Json.Read(infrastructure.Files.ReadText("infra/messaging.json"));
        var topics = Items(declared, "topics").Select(t => (Path: Text(t, "name"), Entity: t)).ToList();
        var subscriptions = topics.SelectMany(t => Items(t.Entity, "subscriptions").Select(s => (Path: $"{t.Path}/{Text(s, "name")}", Entity: s))).ToList();
        var rules = subscriptions.SelectMany(s => Items(s.Entity, "rules").Select(r => (Path: $"{s.Path}/{Text(r, "name")}", Entity: r))).ToList();

        AssertDeployed(d.Deployment, Topic, topics);
        AssertDeployed(d.Deployment, Subscription, subscriptions);
        AssertDeployed(d.Deployment, Rule, rules);
        AssertDeployed(d.Deployment, Queue, [.. Items(declared, "queues").Select(q => (Text(q, "name"), q))]);
    });

    [BicepFact]
    public void Only_premium_has_messaging_units() => Assert.All(infrastructure.All(), d =>
    {
        var space = d.Deployment.Of("Microsoft.ServiceBus/namespaces").Single();
        var isPremium = d.Configuration.Has("serviceBusTier", "Premium");

        Assert.Equal(isPremium ? "Premium" : "Standard", $"{space.Property("sku.name")}");
        Assert.Equal(isPremium, space.Property("sku.capacity") is NumberValue);
    });

    /// <summary>Every property that is declared is deployed, with the same value.</summary>
    private static void AssertDeployed(Deployment deployment, string type, List<(string Path, MapValue Entity)> declared)
    {
        var deployed = deployment.Of(type).ToDictionary(r => string.Join('/', r.Names.Skip(1)));

        Assert.Equal(declared.Select(d => d.Path).Order(), deployed.Keys.Order());
        Assert.All(declared, d => Assert.All(
            d.Entity.Entries.Where(e => !NotDeployed.Contains(e.Key)),
            e => Assert.Equal((d.Path, e.Key, $"{e.Value}"), (d.Path, e.Key, $"{deployed[d.Path].Property($"properties.{e.Key}")?.Known()}"))));
    }

    private static IEnumerable<MapValue> Items(MapValue parent, string name) => (parent[name] as ListValue)?.Items.Cast<MapValue>() ?? [];

    private static string Text(MapValue map, string name) => $"{map[name]}";
}
