using RuleOutcome = EventFunctions.Local.ServiceBus.CatalogueOutcome<EventFunctions.Local.ServiceBus.RuleDefinition>;

namespace EventFunctions.Local.ServiceBus;

internal sealed partial class EntityCatalogue
{
    /// <summary>Adds a rule to a subscription; those it has stay, <c>$Default</c> too.</summary>
    public ValueTask<RuleOutcome> CreateRuleAsync(
        string topicName, string subscriptionName, RuleDefinition rule, CancellationToken cancellationToken) =>
        ChangeRulesAsync(topicName, subscriptionName, rules =>
            rules.Exists(r => IsNamed(r, rule.Name)) ? (new RuleOutcome.AlreadyExists(rule.Name), rules)
            : ProblemOf(rule, rules) is { } problem ? (new RuleOutcome.Refused(problem), rules)
            : (new RuleOutcome.Done(rule), [.. rules, rule]), cancellationToken);

    /// <summary>Puts another rule in the place of the one of its name.</summary>
    public ValueTask<RuleOutcome> UpdateRuleAsync(
        string topicName, string subscriptionName, RuleDefinition rule, CancellationToken cancellationToken) =>
        ChangeRulesAsync(topicName, subscriptionName, rules =>
            !rules.Exists(r => IsNamed(r, rule.Name)) ? (new RuleOutcome.NotFound(rule.Name), rules)
            : DefinitionRules.ProblemOf(rule) is { } problem ? (new RuleOutcome.Refused(problem), rules)
            : (new RuleOutcome.Done(rule), [.. rules.Select(r => IsNamed(r, rule.Name) ? rule with { Name = r.Name } : r)]), cancellationToken);

    /// <summary>Deletes a rule. A subscription without rules gets nothing.</summary>
    public ValueTask<RuleOutcome> DeleteRuleAsync(
        string topicName, string subscriptionName, string ruleName, CancellationToken cancellationToken) =>
        ChangeRulesAsync(topicName, subscriptionName, rules => rules.Find(r => IsNamed(r, ruleName)) is { } rule
            ? (new RuleOutcome.Done(rule), [.. rules.Where(r => r != rule)])
            : (new RuleOutcome.NotFound(ruleName), rules), cancellationToken);

    /// <summary>A rule of a subscription.</summary>
    public RuleDefinition? GetRule(string topicName, string subscriptionName, string ruleName)
    {
        lock (_gate)
        {
            return TryFind(topicName, subscriptionName, out _, out var subscription)
                ? subscription.Definition.Rules.FirstOrDefault(r => IsNamed(r, ruleName))
                : null;
        }
    }

    /// <summary>Rules of a subscription by name; none where there is no such subscription.</summary>
    /// <param name="topicName">The topic.</param>
    /// <param name="subscriptionName">Its subscription.</param>
    /// <param name="skip">How many to pass over.</param>
    /// <param name="top">The most to return.</param>
    public IReadOnlyList<RuleDefinition>? GetRules(string topicName, string subscriptionName, int skip, int top)
    {
        lock (_gate)
        {
            return TryFind(topicName, subscriptionName, out _, out var subscription)
                ? [.. subscription.Definition.Rules.OrderBy(r => r.Name, StringComparer.OrdinalIgnoreCase).Skip(skip).Take(top)]
                : null;
        }
    }

    private ValueTask<RuleOutcome> ChangeRulesAsync(
        string topicName,
        string subscriptionName,
        Func<List<RuleDefinition>, (RuleOutcome Outcome, List<RuleDefinition> Rules)> change,
        CancellationToken cancellationToken)
    {
        EntityShard? shard = null;
        RuleOutcome outcome = new RuleOutcome.NotFound(EntityPath.Subscription(topicName, subscriptionName));
        lock (_gate)
        {
            if (TryFind(topicName, subscriptionName, out var topic, out var subscription))
            {
                (outcome, var rules) = change([.. subscription.Definition.Rules]);
                if (outcome is RuleOutcome.Done)
                {
                    Update(topic, subscription, subscription.Definition with { Rules = rules }, subscription.IsDeclared);
                    shard = topic.Shard;
                }
            }
        }

        return SafeAsync(outcome, shard, cancellationToken);
    }

    private static bool IsNamed(RuleDefinition rule, string name) => string.Equals(rule.Name, name, StringComparison.OrdinalIgnoreCase);

    private static string? ProblemOf(RuleDefinition rule, List<RuleDefinition> rules) =>
        rules.Count < EntityLimits.SqlRules
            ? DefinitionRules.ProblemOf(rule)
            : $"a subscription has at most {EntityLimits.SqlRules} rules";
}
