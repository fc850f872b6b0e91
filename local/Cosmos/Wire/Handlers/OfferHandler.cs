using System.Text.Json;
using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Local.Cosmos.Store.Provisioning;

namespace EventFunctions.Local.Cosmos.Wire.Handlers;

/// <summary>Offers, as the protocol calls throughputs: list, query, read and replace ("Offers", REST API of Azure Cosmos DB).</summary>
internal static class OfferHandler
{
    public static GatewayResponse List(GatewayRequest request, Account account)
    {
        if (request.Method != "GET" && !(request.Method == "POST" && request.IsQuery))
        {
            return Unsupported.Method(request, "the account's offers");
        }

        IReadOnlyList<JsonElement> offers = [.. account.Offers.Select(o => JsonSerializer.SerializeToElement(OfferJson.Describe(o)))];
        return ControlPlaneQuery.Answer(request, string.Empty, "Offers", offers);
    }

    public static async Task<GatewayResponse> HandleAsync(GatewayRequest request, string rid, Account account, CancellationToken cancellationToken)
    {
        if (account.Offers.FirstOrDefault(o => string.Equals(OfferJson.RidOf(o), rid, StringComparison.Ordinal)) is not { } offer)
        {
            return GatewayResponse.Error(404, 0, $"There is no offer '{rid}'.");
        }

        switch (request.Method)
        {
            case "GET":
                return Answer(offer);
            case "PUT" when request.IfMatch is { } known && known != "*" && known != OfferJson.ETagOf(offer):
                return GatewayResponse.Error(412, 0, $"The offer '{rid}' is not the version that the precondition names.");
            case "PUT":
                var throughput = ThroughputReader.ReadOffer(request, offer);
                return await account.ReplaceThroughputAsync(offer, throughput, cancellationToken) is { } replaced
                    ? Answer(replaced)
                    : GatewayResponse.Error(412, 0, $"The offer '{rid}' was changed by another request meanwhile.");
            default:
                return Unsupported.Method(request, "an offer");
        }
    }

    private static GatewayResponse Answer(Offer offer) => new(200)
    {
        Body = JsonSerializer.SerializeToUtf8Bytes(OfferJson.Describe(offer)),
        ETag = OfferJson.ETagOf(offer),
        LeastThroughput = offer.Throughput is ProvisionedThroughput.Autoscale ? ProvisionedThroughput.Autoscale.Least : ProvisionedThroughput.Manual.Least,
    };
}
