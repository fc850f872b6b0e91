namespace EventFunctions.Local.ServiceBus;

/// <summary>What a subscription's rules say of a message.</summary>
internal abstract record RuleVerdict
{
    private RuleVerdict()
    {
    }

    public static RuleVerdict Yes { get; } = new Selected(Unchanged: true, []);

    public static RuleVerdict No { get; } = new NotSelected();

    /// <summary>At least one rule wants it.</summary>
    /// <param name="Unchanged">Whether a copy of it as it is.</param>
    /// <param name="Changed">And one of each of these, which rules have changed.</param>
    public sealed record Selected(bool Unchanged, IReadOnlyList<BrokerMessage> Changed) : RuleVerdict;

    /// <summary>No rule wants it.</summary>
    public sealed record NotSelected : RuleVerdict;

    /// <summary>No rule wants it, and at least one could not tell.</summary>
    /// <param name="Reason">Why it is dead-lettered; none where the subscription lets such messages go.</param>
    public sealed record Failed(IReadOnlyDictionary<string, object>? Reason) : RuleVerdict;
}
