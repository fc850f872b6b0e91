using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using EventFunctions.Composition;
using EventFunctions.Customers.Onboarding;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Integration;
using EventFunctions.Inventory.Replenishment;
using EventFunctions.Ordering;
using EventFunctions.Ordering.Choreography;
using EventFunctions.Ordering.Saga;
using EventFunctions.Payments.Steps;
using EventFunctions.Projections.Rebuild.Steps;
using EventFunctions.Publishing;
using EventFunctions.Tests.Delivery;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace EventFunctions.Tests.Topology;

/// <summary>What the functions ask for is declared, and what is declared is asked for.</summary>
public sealed class TopologyTests
{
    private static readonly string Root = SourceTree.Root;
    private static readonly string RebuildSteps = typeof(BeginGeneration).Namespace!;

    private static readonly List<(string Function, MethodInfo Method, TriggerBindingAttribute Trigger)> Functions =
    [
        .. from type in typeof(OrderSaga).Assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static)
           let function = method.GetCustomAttribute<FunctionAttribute>()
           where function is not null
           let triggers = method.GetParameters().SelectMany(p => p.GetCustomAttributes<TriggerBindingAttribute>()).ToList()
           select (function.Name, method, triggers.Single()),
    ];

    private static IEnumerable<(string Function, ServiceBusTriggerAttribute Trigger)> Receivers =>
        from f in Functions where f.Trigger is ServiceBusTriggerAttribute select (f.Function, (ServiceBusTriggerAttribute)f.Trigger);

    private static IEnumerable<(string Function, ServiceBusTriggerAttribute Trigger)> Subscribers => Receivers.Where(r => r.Trigger.QueueName is null);

    [Fact]
    public void Every_subscription_has_its_function_and_every_function_its_subscription()
    {
        var declared = Declared().Select(s => (s.Topic, s.Subscription));

        Assert.Equal(declared.Order(), Subscribers.Select(s => (s.Trigger.TopicName!, s.Trigger.SubscriptionName!)).Order());
    }

    [Fact]
    public void A_subscription_has_the_name_of_its_function_and_the_same_opinion_about_sessions() => Assert.All(Subscribers, s =>
    {
        Assert.Equal(s.Function, s.Trigger.SubscriptionName);
        Assert.Equal(Declared().Single(d => d.Subscription == s.Function).RequiresSession, s.Trigger.IsSessionsEnabled);
    });

    [Fact]
    public void Every_queue_has_its_function_and_every_function_its_queue()
    {
        var declared = Messaging().GetProperty("queues").EnumerateArray()
            .Select(q => (q.GetProperty("name").GetString()!, q.GetProperty("requiresSession").GetBoolean()));

        Assert.Equal(
            declared.Order(),
            Receivers.Where(r => r.Trigger.QueueName is not null).Select(r => (r.Trigger.QueueName!, r.Trigger.IsSessionsEnabled)).Order());
    }

    [Fact]
    public void The_broker_delivers_a_message_as_often_as_the_handlers_of_an_order_count_on() => Assert.All(
        Messaging().GetProperty("topics").EnumerateArray().SelectMany(t => t.GetProperty("subscriptions").EnumerateArray())
            .Concat(Messaging().GetProperty("queues").EnumerateArray()),
        entity => Assert.Equal(StepPatience.MaxDeliveries, entity.GetProperty("maxDeliveryCount").GetInt32()));

    [Fact]
    public void Every_process_that_a_rule_names_leads_orders()
    {
        var named = Declared().SelectMany(d => d.Processes).Distinct().Order();

        Assert.Equal([OrderProcess.Choreography, OrderProcess.Saga], named);
    }

    [Fact]
    public void Every_receiver_settles_by_itself() =>
        Assert.All(Receivers, s => Assert.Equal(("ServiceBusConnection", false), (s.Trigger.Connection, s.Trigger.AutoCompleteMessages)));

    [Fact]
    public void Every_topic_the_relay_can_publish_to_is_declared_and_detects_duplicates()
    {
        var topics = Messaging().GetProperty("topics").EnumerateArray().ToDictionary(t => t.GetProperty("name").GetString()!);

        Assert.Equal(
            new[]
            {
                EventTopics.Catalog, EventTopics.Customers, EventTopics.Integration, EventTopics.Inventory, EventTopics.Ordering,
                EventTopics.Payments, EventTopics.Shipping,
            }.Order(),
            topics.Keys.Order());
        Assert.All(topics.Values, t => Assert.True(t.GetProperty("requiresDuplicateDetection").GetBoolean()));
    }

    [Fact]
    public void Every_event_type_a_rule_names_exists()
    {
        var registry = EventTypeRegistry.FromAssemblies(typeof(Order).Assembly);
        var names = registry.Types.Select(t => t.Name).Concat(new IntegrationContracts().All.Select(c => c.Type)).ToHashSet();
        var labels = Declared().SelectMany(d => d.Labels).ToList();

        Assert.Contains("order-placed", labels);
        Assert.Contains("shipment-delivered", labels);
        Assert.All(labels, l => Assert.Contains(l, names));
    }

    [Fact]
    public void Every_filter_takes_the_place_of_the_rule_that_lets_everything_through()
    {
        // Azure makes '$Default' with each subscription and keeps it beside rules of other names, which then filter nothing.
        var rules = from topic in Messaging().GetProperty("topics").EnumerateArray()
                    from subscription in topic.GetProperty("subscriptions").EnumerateArray()
                    where subscription.TryGetProperty("rules", out _)
                    select Assert.Single(subscription.GetProperty("rules").EnumerateArray()).GetProperty("name").GetString();

        Assert.All(rules.ToList(), name => Assert.Equal("$Default", name));
    }

    [Fact]
    public void What_serves_every_address_is_the_last_function_by_name()
    {
        // Of the routes that fit an address, the host takes the first by the function's name.
        var served = Functions.Where(f => f.Trigger is HttpTriggerAttribute).Select(f => f.Function);

        Assert.Equal(UnknownRouteEndpoint.FunctionName, served.Order(StringComparer.OrdinalIgnoreCase).Last());
    }

    [Fact]
    public void No_route_begins_with_a_word_that_the_host_on_azure_keeps_for_itself()
    {
        var routes = Functions.Select(f => f.Trigger).OfType<HttpTriggerAttribute>().Select(t => t.Route!.Trim('/')).ToList();

        Assert.Contains(routes, r => r.StartsWith(AdminRoutes.Prefix, StringComparison.Ordinal));
        Assert.DoesNotContain(routes, r => r.StartsWith("admin", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(routes, r => r.StartsWith("runtime", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Operators_endpoints_ask_for_a_key_and_no_others_do() => Assert.All(
        Functions.Select(f => f.Trigger).OfType<HttpTriggerAttribute>(),
        t => Assert.Equal(
            t.Route!.StartsWith(AdminRoutes.Prefix, StringComparison.Ordinal) ? AuthorizationLevel.Function : AuthorizationLevel.Anonymous,
            t.AuthLevel));

    [Theory]
    [InlineData("admin/projections", "GET")]
    [InlineData("Admin/projections/order", "GET")]
    [InlineData("admin/projections/order/stalled/ordering-1/retry", "POST")]
    [InlineData("admin/parked/ordering-1/0000000001/discard", "POST")]
    [InlineData("shop/projections")]
    [InlineData("administration/projections")]
    [InlineData("orders", "POST")]
    [InlineData("admin/webhooks", "GET", "POST")]
    [InlineData("admin/webhooks/1/deliveries/2/redeliver", "POST")]
    public void An_address_is_known_by_its_route_and_the_constraints_in_it(string path, params string[] methods) =>
        Assert.Equal(methods, new ApiRoutes().MethodsOf(path));

    [Fact]
    public void Every_container_is_declared()
    {
        var containers = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "infra/containers.json"))).RootElement.GetProperty("containers")
            .EnumerateArray().ToDictionary(c => c.GetProperty("name").GetString()!, c => c.GetProperty("partitionKey").GetString());

        Assert.Equal(
            new Dictionary<string, string?> { ["events"] = "/stream", ["archive"] = "/stream", ["views"] = "/partition", ["leases"] = "/id", ["parked"] = "/stream", ["inbox"] = "/id", ["keys"] = "/id", ["audit"] = "/partition", ["webhooks"] = "/partition", ["webhook-deliveries"] = "/partition" },
            containers);
        var relay = Assert.IsType<CosmosDBTriggerAttribute>(Functions.Single(f => f.Function == nameof(EventRelay)).Trigger);
        Assert.Contains(relay.ContainerName, containers.Keys);
        Assert.Contains(relay.LeaseContainerName!, containers.Keys);
        Assert.False(relay.CreateLeaseContainerIfNotExists);
        Assert.True(relay.StartFromBeginning);
    }

    [Fact]
    public void The_relay_is_tried_again_without_limit_and_nothing_else_has_a_retry_attribute()
    {
        var retried = Functions.Where(f => f.Method.GetCustomAttribute<RetryAttribute>() is not null).ToList();

        var relay = Assert.Single(retried);
        Assert.Equal((nameof(EventRelay), -1), (relay.Function, relay.Method.GetCustomAttribute<RetryAttribute>()!.MaxRetryCount));
    }

    [Fact]
    public void Every_trigger_on_the_store_goes_by_the_connection_that_the_apps_own_client_goes_by()
    {
        var feeds = Functions.Select(f => f.Trigger).OfType<CosmosDBTriggerAttribute>().ToList();

        Assert.NotEmpty(feeds);
        Assert.All(feeds, f => Assert.Equal((Connections.Cosmos, null, $"%{Connections.DatabaseSetting}%"), (f.Connection, f.LeaseConnection, f.DatabaseName)));
        Assert.All(Receivers, r => Assert.Equal(Connections.ServiceBus, r.Trigger.Connection));
    }

    [Fact]
    public void Functions_are_public_and_their_names_unique()
    {
        Assert.All(Functions, f => Assert.True(f.Method.IsPublic && f.Method.DeclaringType!.IsPublic, f.Function));
        Assert.Equal(Functions.Count, Functions.Select(f => f.Function).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Every_step_of_a_saga_has_its_activity_and_every_activity_its_step()
    {
        var steps = new[] { typeof(OrderSteps), typeof(PaymentSteps), typeof(OnboardingSteps), typeof(ReplenishmentSteps) }
            .SelectMany(t => t.GetFields()).Select(f => (string)f.GetValue(null)!);

        var activities = Functions.Where(f => f.Trigger is ActivityTriggerAttribute && f.Method.DeclaringType!.Namespace != RebuildSteps);
        Assert.Equal(steps.Order(), activities.Select(f => f.Function).Order());
    }

    private static JsonElement Messaging() => JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "infra/messaging.json"))).RootElement;

    private static IEnumerable<(string Topic, string Subscription, bool RequiresSession, List<string> Labels, List<string> Processes)> Declared() =>
        from topic in Messaging().GetProperty("topics").EnumerateArray()
        from subscription in topic.GetProperty("subscriptions").EnumerateArray()
        select (
            topic.GetProperty("name").GetString()!,
            subscription.GetProperty("name").GetString()!,
            subscription.GetProperty("requiresSession").GetBoolean(),
            NamesIn(subscription, "label", "sys.Label"),
            NamesIn(subscription, "process", "process"));

    /// <summary>The values that a subscription's rules compare with, in a correlation filter or as <c>name = 'value'</c> or <c>name IN ('value', …)</c>.</summary>
    private static List<string> NamesIn(JsonElement subscription, string property, string sqlName) => !subscription.TryGetProperty("rules", out var rules)
        ? []
        : [.. rules.EnumerateArray().SelectMany(rule => rule.TryGetProperty("correlationFilter", out var filter)
            ? Values(filter, property).Concat(Values(filter.GetProperty("properties"), property))
            : Compared(rule.GetProperty("sqlFilter").GetProperty("sqlExpression").GetString()!, sqlName))];

    private static IEnumerable<string> Compared(string expression, string name) =>
        Regex.Matches(expression, $@"{Regex.Escape(name)} (?:= |IN \()(?:'([^']*)'(?:, )?)+", RegexOptions.None, TimeSpan.FromSeconds(5))
            .SelectMany(match => match.Groups[1].Captures.Select(capture => capture.Value));

    private static IEnumerable<string> Values(JsonElement filter, string property) =>
        filter.TryGetProperty(property, out var value) ? [value.GetString()!] : [];
}
