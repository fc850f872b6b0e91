using System.Text.RegularExpressions;
using System.Xml;
using EventFunctions.Local.ServiceBus;
using FsCheck;
using FsCheck.Fluent;

namespace EventFunctions.EmulatorConfig.Tests;

public sealed partial class EmulatorTopologyTests
{
    [Fact]
    public void Everything_that_is_declared_is_there_and_nothing_else()
    {
        var declared = MessagingTopology.Load(Path.Combine(Root, "infra", "messaging.json"));

        var space = Assert.Single(EmulatorTopology.Of(declared).Document.UserConfig.Namespaces);

        Assert.Equal(declared.Queues.Select(q => q.Name), space.Queues.Select(q => q.Name));
        Assert.Equal(
            declared.Topics.SelectMany(t => t.Subscriptions, (t, s) => (t.Name, s.Name, s.RequiresSession, s.Rules.Count)),
            space.Topics.SelectMany(t => t.Subscriptions, (t, s) => (t.Name, s.Name, s.Properties.RequiresSession, s.Rules.Count)));
    }

    [Fact]
    public void Whatever_is_declared_is_brought_within_the_limits_and_what_was_is_told()
    {
        var seconds = Gen.Choose(5, 20 * 24 * 3600).Select(s => TimeSpan.FromSeconds(s));
        var queues =
            from live in seconds
            from window in seconds
            from locked in Gen.Choose(5, 300).Select(s => TimeSpan.FromSeconds(s))
            from deliveries in Gen.Choose(1, 2000)
            select new QueueDefinition
            {
                Name = "queue",
                DefaultMessageTimeToLive = live,
                DuplicateDetectionHistoryTimeWindow = window,
                LockDuration = locked,
                MaxDeliveryCount = deliveries,
            };

        Prop.ForAll(queues.ToArbitrary(), queue =>
        {
            var topology = EmulatorTopology.Of(new MessagingTopology([], [queue]));
            var made = topology.Document.UserConfig.Namespaces[0].Queues[0].Properties;
            var (live, window, locked) = (Of(made.DefaultMessageTimeToLive), Of(made.DuplicateDetectionHistoryTimeWindow), Of(made.LockDuration));
            var changes = new[]
            {
                live != queue.DefaultMessageTimeToLive,
                window != queue.DuplicateDetectionHistoryTimeWindow,
                locked != queue.LockDuration,
                made.MaxDeliveryCount != queue.MaxDeliveryCount,
            };
            return Within(live, EmulatorLimits.TimeToLive)
                && Within(window, EmulatorLimits.DuplicateWindow)
                && Within(locked, EmulatorLimits.QueueLock)
                && made.MaxDeliveryCount is >= 1 and <= EmulatorLimits.MaxDeliveryCount
                && topology.Clamped.Count == changes.Count(c => c);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void More_topics_and_queues_than_the_emulator_holds_are_refused_with_what_to_do()
    {
        var queues = Enumerable.Range(0, EmulatorLimits.MaxEntities + 1).Select(i => new QueueDefinition { Name = $"queue-{i}" }).ToList();

        var refused = Assert.Throws<EmulatorConfigException>(() => EmulatorTopology.Of(new MessagingTopology([], queues)));

        Assert.Contains("51", refused.Message, StringComparison.Ordinal);
        Assert.NotNull(EmulatorTopology.Of(new MessagingTopology([], queues[..EmulatorLimits.MaxEntities])));
    }

    [Fact]
    public void A_topic_without_subscriptions_is_refused_because_the_emulator_would()
    {
        var refused = Assert.Throws<EmulatorConfigException>(() => EmulatorTopology.Of(new MessagingTopology([new TopicDefinition { Name = "lonely" }], [])));

        Assert.Contains("'lonely'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_keep_their_filters_under_names_that_the_emulator_takes()
    {
        var rules = EmulatorRules.Of(
        [
            new RuleDefinition("$Default", new FilterDefinition.Sql("sys.Label = 'order-placed'")),
            new RuleDefinition(
                "other",
                new FilterDefinition.Correlation(
                    new Dictionary<string, string> { ["label"] = "order-paid", ["replyToSessionId"] = "1" },
                    new Dictionary<string, object> { ["process"] = "order-saga" })),
        ]);

        Assert.All(rules, r => Assert.Matches(EmulatorName(), r.Name));
        Assert.Equal(("Sql", "sys.Label = 'order-placed'"), (rules[0].Properties.FilterType, rules[0].Properties.SqlFilter!.SqlExpression));
        var correlation = rules[1].Properties.CorrelationFilter!;
        Assert.Equal("Correlation", rules[1].Properties.FilterType);
        Assert.Equal(["Label", "Properties", "ReplyToSessionId"], correlation.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("order-saga", Assert.IsAssignableFrom<IReadOnlyDictionary<string, object>>(correlation["Properties"])["process"]);
    }

    [Fact]
    public void A_filter_that_a_rule_has_not_is_not_written()
    {
        var declared = new SubscriptionDefinition { Name = "s", Rules = [new RuleDefinition("all", new FilterDefinition.Sql("1=1"))] };

        var text = EmulatorConfigFile.TextOf(EmulatorTopology.Of(new MessagingTopology([new TopicDefinition { Name = "t", Subscriptions = [declared] }], [])).Document);

        Assert.Contains("\"SqlExpression\": \"1=1\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("CorrelationFilter", text, StringComparison.Ordinal);
    }

    private static string Root => Path.GetFullPath(Path.Combine(EmulatorConfigFile.Around(AppContext.BaseDirectory).FullName, "..", "..", ".."));

    private static TimeSpan Of(string text) => XmlConvert.ToTimeSpan(text);

    private static bool Within(TimeSpan value, (TimeSpan Min, TimeSpan Max) limits) => value >= limits.Min && value <= limits.Max;

    /// <summary>The pattern of names in the schema of the emulator's configuration.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9]$|^[A-Za-z0-9][\w\-./]*[A-Za-z0-9]$", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex EmulatorName();
}
