using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Wire.Handlers;

/// <summary>Which part of a container a feed or query request names in its headers.</summary>
internal static class Scopes
{
    /// <exception cref="RequestRefusedException">It names none, or one that isn't there.</exception>
    public static ItemScope Of(GatewayRequest request, ContainerStore container) => TryFind(request, container)
        ?? throw new RequestRefusedException(400, 0, $"The request must name a partition key ({HeaderNames.PartitionKey}) or a key range ({HeaderNames.KeyRangeId}).");

    /// <returns><see langword="null"/> where it names none: the whole container is meant.</returns>
    /// <exception cref="RequestRefusedException">It names one that isn't there.</exception>
    public static ItemScope? TryFind(GatewayRequest request, ContainerStore container)
    {
        if (request.TryPartitionKey() is { } key)
        {
            return new ItemScope.Partition(key);
        }

        if (request.Header(HeaderNames.KeyRangeId) is not { } text)
        {
            return null;
        }

        // Either the bare id, or the container's RID and the id.
        if (!int.TryParse(text[(text.LastIndexOf(',') + 1)..], out var index) || index < 0 || index >= container.Ranges.Count)
        {
            throw new RequestRefusedException(410, 1002, $"There is no key range '{text}'.");
        }

        return new ItemScope.Range(index, Bound(request, HeaderNames.StartEpk, string.Empty), Bound(request, HeaderNames.EndEpk, "FF"));
    }

    private static string? Bound(GatewayRequest request, string header, string none) => request.Header(header) is { } bound && bound != none ? bound : null;
}
