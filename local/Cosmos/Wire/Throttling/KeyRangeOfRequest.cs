using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Local.Cosmos.Wire.Handlers;

namespace EventFunctions.Local.Cosmos.Wire.Throttling;

/// <summary>Which key range a request is about, as far as its headers tell.</summary>
internal static class KeyRangeOfRequest
{
    /// <returns><see langword="null"/> for one that names none, or is not about items at all, such as the plan of a query.</returns>
    /// <exception cref="RequestRefusedException">It names one that isn't there, or can't be read.</exception>
    public static int? TryFind(GatewayRequest request, ContainerStore container) => request.Flag(HeaderNames.IsQueryPlan) ? null : Scopes.TryFind(request, container) switch
    {
        ItemScope.Partition(var key) => container.Ranges.IndexOf(EffectivePartitionKey.Of(key)),
        ItemScope.Range range => range.Index,
        _ => null,
    };
}
