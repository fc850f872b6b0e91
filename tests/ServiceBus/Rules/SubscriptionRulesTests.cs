namespace EventFunctions.Local.ServiceBus.Tests.Rules;

/// <summary>Several rules at one subscription (Microsoft Learn, "Topic filters and actions").</summary>
public sealed class SubscriptionRulesTests : IAsyncDisposable
{
    private readonly TestNamespace _namespace = new();

    private EntityCatalogue Catalogue => _namespace.Broker.Catalogue;

    public ValueTask DisposeAsync() => _namespace.DisposeAsync();

    [Fact]
    public async Task Two_matching_rules_with_actions_and_three_without_make_three_copies()
    {
        await CreateAsync(
            Rule("plain-1", "1=1"), Rule("plain-2", "1=1"), Rule("plain-3", "1=1"),
            Rule("half", "color = 'red'", "SET quantity = quantity / 2"), Rule("blue", "1=1", "SET color = 'blue'; REMOVE quantity"));

        await SendAsync(("color", "red"), ("quantity", 10));

        var copies = Copies();
        Assert.Equal(3, copies.Count);
        Assert.Equal(3, copies.Select(c => c.SequenceNumber).Distinct().Count());
        var plain = Assert.Single(copies, c => !c.Message.Properties.ContainsKey("RuleName")).Message;
        Assert.Equal(("red", 10), (plain.Properties["color"], plain.Properties["quantity"]));
        var half = Assert.Single(copies, c => Equals(c.Message.Properties.GetValueOrDefault("RuleName"), "half")).Message;
        Assert.Equal(("red", 5), (half.Properties["color"], half.Properties["quantity"]));
        var blue = Assert.Single(copies, c => Equals(c.Message.Properties.GetValueOrDefault("RuleName"), "blue")).Message;
        Assert.Equal("blue", blue.Properties["color"]);
        Assert.False(blue.Properties.ContainsKey("quantity"));
    }

    [Fact]
    public async Task What_an_action_changes_others_do_not_see()
    {
        await CreateAsync(Rule("mark", "1=1", "SET sys.Label = 'changed'; SET mine = TRUE"));

        await SendAsync(("n", 1));

        Assert.Equal("changed", Assert.Single(Copies()).Message.Subject);
        var other = Assert.Single(_namespace.Broker.FindQueue("events/Subscriptions/All")!.Peek(0, 10, null)).Message;
        Assert.Null(other.Subject);
        Assert.Equal(["n"], other.Properties.Keys);
    }

    [Fact]
    public async Task An_action_may_give_a_message_the_session_it_needs()
    {
        await Catalogue.CreateSubscriptionAsync("events", new SubscriptionDefinition
        {
            Name = "rules",
            RequiresSession = true,
            Rules = [Rule("session", "1=1", "SET sys.SessionId = color"), Rule("none", "1=1")],
        }, default);

        await SendAsync(("color", "red"));

        Assert.Equal("red", Assert.Single(Copies()).Message.SessionId);
        var dead = Assert.Single(_namespace.Broker.FindQueue("events/Subscriptions/rules/$DeadLetterQueue")!.Peek(0, 10, null));
        Assert.Equal("Session ID is null", dead.Message.Properties["DeadLetterReason"]);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task An_action_that_fails_dead_letters_the_message_if_so_declared(bool declared, int dead)
    {
        await Catalogue.CreateSubscriptionAsync("events", new SubscriptionDefinition
        {
            Name = "rules",
            DeadLetteringOnFilterEvaluationExceptions = declared,
            Rules = [Rule("broken", "1=1", "SET a = sys.NoSuchThing")],
        }, default);

        await SendAsync(("n", 1));

        Assert.Empty(Copies());
        var letters = _namespace.Broker.FindQueue("events/Subscriptions/rules/$DeadLetterQueue")!.Peek(0, 10, null);
        Assert.Equal(dead, letters.Count);
        Assert.All(letters, l => Assert.Equal("RuleActionException", l.Message.Properties["DeadLetterReason"]));
    }

    [Fact]
    public async Task Rules_come_and_go_while_messages_are_published()
    {
        await CreateAsync(new RuleDefinition("$Default", new FilterDefinition.Sql("1=1")));
        Assert.IsType<CatalogueOutcome<RuleDefinition>.Done>(await Catalogue.CreateRuleAsync("events", "rules", Rule("red", "color = 'red'"), default));
        Assert.IsType<CatalogueOutcome<RuleDefinition>.AlreadyExists>(await Catalogue.CreateRuleAsync("events", "rules", Rule("RED", "1=1"), default));
        await SendAsync(("color", "blue"));
        Assert.Single(Copies()); // another rule does not take $Default away

        Assert.IsType<CatalogueOutcome<RuleDefinition>.Done>(await Catalogue.DeleteRuleAsync("events", "rules", "$Default", default));
        Assert.IsType<CatalogueOutcome<RuleDefinition>.NotFound>(await Catalogue.DeleteRuleAsync("events", "rules", "$Default", default));
        await SendAsync(("color", "blue"));
        await SendAsync(("color", "red"));
        Assert.Equal(2, Copies().Count);

        Assert.IsType<CatalogueOutcome<RuleDefinition>.Done>(await Catalogue.UpdateRuleAsync("events", "rules", Rule("red", "color = 'green'"), default));
        await SendAsync(("color", "red"));
        Assert.Equal(2, Copies().Count);

        await Catalogue.DeleteRuleAsync("events", "rules", "red", default);
        Assert.Empty(Catalogue.GetRules("events", "rules", 0, 10)!);
        await SendAsync(("color", "green"));
        Assert.Equal(2, Copies().Count); // without rules nothing comes
    }

    [Fact]
    public async Task A_rule_that_cannot_be_read_is_refused()
    {
        await CreateAsync();

        var refused = Assert.IsType<CatalogueOutcome<RuleDefinition>.Refused>(await Catalogue.CreateRuleAsync("events", "rules", Rule("r", "color ="), default));
        Assert.Contains("at character", refused.Reason, StringComparison.Ordinal);
        Assert.IsType<CatalogueOutcome<RuleDefinition>.Refused>(await Catalogue.CreateRuleAsync("events", "rules", Rule("r", "1=1", "SET"), default));
        Assert.IsType<CatalogueOutcome<RuleDefinition>.Refused>(await Catalogue.CreateRuleAsync("events", "rules", Rule(new string('r', 51), "1=1"), default));
        Assert.IsType<CatalogueOutcome<RuleDefinition>.NotFound>(await Catalogue.CreateRuleAsync("events", "none", Rule("r", "1=1"), default));
    }

    [Theory]
    [InlineData("n", 1, true)]
    [InlineData("n", 1L, true)]
    [InlineData("n", 1.0, true)]
    [InlineData("n", "1", false)]
    [InlineData("n", 2, false)]
    [InlineData("yes", true, true)]
    [InlineData("N", 1, false)]
    public void A_correlation_filter_compares_values_of_all_kinds(string name, object value, bool selects)
    {
        var filter = new CorrelationFilter(new FilterDefinition.Correlation(
            new Dictionary<string, string>(), new Dictionary<string, object>(StringComparer.Ordinal) { [name] = value }));

        Assert.Equal(selects, filter.Selects(new BrokerMessage
        {
            Properties = new Dictionary<string, object>(StringComparer.Ordinal) { ["n"] = 1, ["yes"] = true },
        }));
    }

    private static RuleDefinition Rule(string name, string filter, string? action = null) =>
        new(name, new FilterDefinition.Sql(filter), action is null ? null : new ActionDefinition(action));

    private async Task CreateAsync(params RuleDefinition[] rules) => Assert.IsType<CatalogueOutcome<EntityInfo<SubscriptionDefinition>>.Done>(
        await Catalogue.CreateSubscriptionAsync("events", new SubscriptionDefinition { Name = "rules", Rules = rules }, default));

    private async Task SendAsync(params (string Name, object Value)[] properties) => Assert.IsType<SendOutcome.Accepted>(
        await _namespace.Broker.FindTarget("events")!.SendAsync(
            [new BrokerMessage { Properties = properties.ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal) }], default));

    private IReadOnlyList<Delivery> Copies() => _namespace.Broker.FindQueue("events/Subscriptions/rules")!.Peek(0, 100, null);
}
