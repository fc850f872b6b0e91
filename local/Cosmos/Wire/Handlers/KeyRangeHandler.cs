using System.Text.Json;
using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Wire.Handlers;

/// <summary>A container's key ranges. They are read like a change feed: once, and then "nothing new" for the tag that came with them.</summary>
internal static class KeyRangeHandler
{
    public static GatewayResponse Read(GatewayRequest request, ContainerStore container)
    {
        if (request.Method != "GET")
        {
            return Unsupported.Method(request, "a container's key ranges");
        }

        var ranges = container.Ranges;
        var etag = $"\"{container.Rid.Container:x8}-{ranges.Count}\"";
        if (request.IfNoneMatch == etag)
        {
            return new GatewayResponse(304) { ETag = etag, ItemCount = 0 };
        }

        var rid = ResourceId.OfContainer(container.Rid);
        return new GatewayResponse(200)
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(new
            {
                _rid = rid,
                PartitionKeyRanges = Enumerable.Range(0, ranges.Count).Select(i => Describe(container, i, etag)),
                _count = ranges.Count,
            }),
            ETag = etag,
            ItemCount = ranges.Count,
        };
    }

    private static object Describe(ContainerStore container, int index, string etag)
    {
        var rid = ResourceId.OfRange(container.Rid, index);
        return new
        {
            _rid = rid,
            id = index.ToString(),
            _etag = etag,
            minInclusive = container.Ranges.MinInclusive(index),
            maxExclusive = container.Ranges.MaxExclusive(index),
            ridPrefix = index,
            _self = $"dbs/{ResourceId.OfDatabase(container.Rid.Database)}/colls/{ResourceId.OfContainer(container.Rid)}/pkranges/{rid}/",
            throughputFraction = 1.0 / container.Ranges.Count,
            status = "online",
            parents = Array.Empty<string>(),
            _ts = container.Timestamp,
        };
    }
}
