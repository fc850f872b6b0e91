using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Local.Cosmos.Store.Provisioning;

namespace EventFunctions.Local.Cosmos.Wire.Handlers;

/// <summary>An offer as it is served.</summary>
internal static class OfferJson
{
    /// <summary>What autoscale is down to without load: a tenth of its most.</summary>
    private const int IdleShare = 10;

    /// <summary>A resource has one offer, so the RID of the one serves for the other.</summary>
    public static string RidOf(Offer offer) => IsOfDatabase(offer) ? ResourceId.OfDatabase(offer.Resource.Database) : ResourceId.OfContainer(offer.Resource);

    public static string ETagOf(Offer offer) => $"\"{offer.Resource.Database:x8}-{offer.Resource.Container:x8}-{offer.Timestamp:x}-{offer.Throughput.Limit:x}\"";

    public static object Describe(Offer offer)
    {
        var rid = RidOf(offer);
        var database = $"dbs/{ResourceId.OfDatabase(offer.Resource.Database)}/";
        return new
        {
            id = rid,
            _rid = rid,
            _self = $"offers/{rid}/",
            _etag = ETagOf(offer),
            _ts = offer.Timestamp,
            resource = IsOfDatabase(offer) ? database : $"{database}colls/{rid}/",
            offerResourceId = rid,
            offerType = "Invalid",
            offerVersion = "V2",
            content = ContentOf(offer.Throughput),
        };
    }

    private static object ContentOf(ProvisionedThroughput throughput) => throughput switch
    {
        ProvisionedThroughput.Manual(var units) => new { offerThroughput = units, offerIsRUPerMinuteThroughputEnabled = false },
        ProvisionedThroughput.Autoscale(var most) => new
        {
            offerThroughput = most / IdleShare,
            offerIsRUPerMinuteThroughputEnabled = false,
            offerAutopilotSettings = new { maxThroughput = most },
        },
        _ => throw new InvalidOperationException($"Unknown throughput {throughput.GetType().Name}."),
    };

    private static bool IsOfDatabase(Offer offer) => offer.Resource == Offers.ResourceOf(offer.Resource.Database);
}
