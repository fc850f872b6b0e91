using System.Runtime.CompilerServices;
using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Wire.Throttling;

/// <summary>
/// Refuses requests for which there are no request units left: 429, substatus 3200, with the time to wait. A throughput is spread evenly
/// over the key ranges, as the service does over its physical partitions, so that one hot partition can spend only its range's share
/// ("Partitioning and horizontal scaling in Azure Cosmos DB").
/// </summary>
internal sealed class Throttle(Account account, TimeProvider clock)
{
    private const int NoneLeft = 3200;

    /// <summary>By what has the throughput, a container or its database, and as long as that is there.</summary>
    private readonly ConditionalWeakTable<object, RangeBudgets> _budgets = [];

    /// <summary>Does a request if there is anything left for it, and takes what it has cost.</summary>
    public async Task<GatewayResponse> SpendAsync(GatewayRequest request, ContainerStore container, Func<Task<GatewayResponse>> answer)
    {
        var (budgets, perSecond) = Find(container);
        if (KeyRangeOfRequest.TryFind(request, container) is { } asked && budgets[asked].WaitFor(perSecond) is { Ticks: > 0 } wait)
        {
            return GatewayResponse.Error(429, NoneLeft, $"The request rate is too large: the key range {asked} of the container '{container.Definition.Id}' has {perSecond:0.##} request units a second.") with
            {
                RetryAfter = wait,
            };
        }

        var response = await answer();
        if (response.Session is { } session)
        {
            budgets[session.Range].Take(response.Charge, perSecond);
        }

        return response;
    }

    private (RangeBudgets Budgets, double PerSecond) Find(ContainerStore container)
    {
        var (holder, throughput) = account.ThroughputOf(container);
        return (_budgets.GetValue(holder, _ => new RangeBudgets(clock)), throughput.Limit / (double)container.Ranges.Count);
    }
}
