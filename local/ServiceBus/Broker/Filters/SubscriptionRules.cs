namespace EventFunctions.Local.ServiceBus;

/// <summary>What a subscription's rules say of a message.</summary>
internal abstract record RuleVerdict
{
    private RuleVerdict()
    {
    }

    public static RuleVerdict Yes { get; } = new Selected();

    public static RuleVerdict No { get; } = new NotSelected();

    /// <summary>At least one rule wants it.</summary>
    public sealed record Selected : RuleVerdict;

    /// <summary>No rule wants it.</summary>
    public sealed record NotSelected : RuleVerdict;

    /// <summary>No rule wants it, and at least one could not tell.</summary>
    /// <param name="Reason">Why it is dead-lettered; none where the subscription lets such messages go.</param>
    public sealed record Failed(IReadOnlyDictionary<string, object>? Reason) : RuleVerdict;
}

/// <summary>The rules of a subscription: any of them selects a message.</summary>
internal sealed class SubscriptionRules
{
    private readonly (string Name, IMessageFilter Filter)[] _rules;
    private readonly bool _deadLettersOnFailure;

    public SubscriptionRules(SubscriptionDefinition definition)
    {
        _rules = [.. definition.Rules.Select(r => (r.Name, FilterOf(r.Filter)))];
        _deadLettersOnFailure = definition.DeadLetteringOnFilterEvaluationExceptions;
    }

    public RuleVerdict Judge(BrokerMessage message)
    {
        RuleVerdict verdict = RuleVerdict.No;
        foreach (var (name, filter) in _rules)
        {
            try
            {
                if (filter.Selects(message))
                {
                    return RuleVerdict.Yes;
                }
            }
            catch (FilterException e)
            {
                // Not lost: the verdict says that a rule failed, and the subscription keeps or drops the message as it declares.
                verdict = new RuleVerdict.Failed(_deadLettersOnFailure
                    ? DeadLetterReasons.Properties(nameof(FilterException), $"Rule '{name}': {e.Message}")
                    : null);
            }
        }

        return verdict;
    }

    private static IMessageFilter FilterOf(FilterDefinition definition) => definition switch
    {
        FilterDefinition.Sql sql => SqlFilter.Parse(sql.SqlExpression),
        FilterDefinition.Correlation correlation => new CorrelationFilter(correlation),
        _ => throw new InvalidOperationException($"There is no filter for {definition.GetType().Name}."),
    };
}
