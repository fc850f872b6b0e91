namespace EventFunctions.Local.ServiceBus;

/// <summary>
/// The rules of a subscription. All that select a message and have no action make one copy of it together; each that has an action
/// makes a copy of its own, which names the rule (Microsoft Learn, "Topic filters and actions").
/// </summary>
internal sealed class SubscriptionRules
{
    /// <summary>The application property that names the rule whose action made a copy.</summary>
    public const string RuleNameProperty = "RuleName";

    private const string ActionFailed = "RuleActionException";

    private readonly Rule[] _rules;
    private readonly bool _deadLettersOnFailure;

    /// <exception cref="SqlFilterSyntaxException">An expression is not of the language.</exception>
    public SubscriptionRules(SubscriptionDefinition definition)
    {
        _rules = [.. definition.Rules.Select(r => new Rule(
            r.Name, FilterOf(r.Filter), r.Action is { } action ? SqlAction.Parse(action.SqlExpression, action.Parameters) : null))];
        _deadLettersOnFailure = definition.DeadLetteringOnFilterEvaluationExceptions;
    }

    /// <summary>What reads a filter's definition.</summary>
    /// <exception cref="SqlFilterSyntaxException">An expression is not of the language.</exception>
    public static IMessageFilter FilterOf(FilterDefinition definition) => definition switch
    {
        FilterDefinition.Sql sql => SqlFilter.Parse(sql.SqlExpression, sql.Parameters),
        FilterDefinition.Correlation correlation => new CorrelationFilter(correlation),
        _ => throw new InvalidOperationException($"There is no filter for {definition.GetType().Name}."),
    };

    public RuleVerdict Judge(BrokerMessage message)
    {
        var unchanged = false;
        List<BrokerMessage>? changed = null;
        IReadOnlyDictionary<string, object>? failure = null;
        foreach (var rule in _rules)
        {
            if (unchanged && rule.Action is null)
            {
                continue;
            }

            var failed = nameof(FilterException);
            try
            {
                if (!rule.Filter.Selects(message))
                {
                    continue;
                }

                if (rule.Action is null)
                {
                    unchanged = true;
                }
                else
                {
                    failed = ActionFailed;
                    var copy = rule.Action.Run(message);
                    (changed ??= []).Add(copy.WithProperties(
                        new Dictionary<string, object>(StringComparer.Ordinal) { [RuleNameProperty] = rule.Name }));
                }
            }
            catch (FilterException e)
            {
                // Not lost: where no rule makes a copy, the subscription keeps or drops the message as it declares.
                failure = DeadLetterReasons.Properties(failed, $"Rule '{rule.Name}': {e.Message}");
            }
        }

        return unchanged && changed is null ? RuleVerdict.Yes
            : unchanged || changed is not null ? new RuleVerdict.Selected(unchanged, changed ?? [])
            : failure is null ? RuleVerdict.No
            : new RuleVerdict.Failed(_deadLettersOnFailure ? failure : null);
    }

    private sealed record Rule(string Name, IMessageFilter Filter, SqlAction? Action);
}
