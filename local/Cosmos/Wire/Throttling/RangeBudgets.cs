using System.Collections.Concurrent;
using EventFunctions.Local.Cosmos.Store.Provisioning;

namespace EventFunctions.Local.Cosmos.Wire.Throttling;

/// <summary>The budgets of one throughput, one a key range; ranges of the same number share one where containers share a database's.</summary>
internal sealed class RangeBudgets(TimeProvider clock)
{
    private readonly ConcurrentDictionary<int, RequestBudget> _ofRanges = [];

    public RequestBudget this[int range] => _ofRanges.GetOrAdd(range, static (_, clock) => new RequestBudget(clock), clock);
}
