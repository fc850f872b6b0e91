using System.Text.Json;
using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Local.Cosmos.Store.Provisioning;

namespace EventFunctions.Local.Cosmos.Wire.Handlers;

/// <summary>Reads the throughput that a client asks for: in headers where it creates something, in an offer's body where it changes one.</summary>
internal static class ThroughputReader
{
    /// <returns><see langword="null"/> where nothing is said.</returns>
    /// <exception cref="RequestRefusedException">It is no throughput there is.</exception>
    public static ProvisionedThroughput? ReadHeaders(GatewayRequest request) => (request.Header(HeaderNames.OfferThroughput), request.Header(HeaderNames.OfferAutoscale)) switch
    {
        (null, null) => null,
        ({ } manual, null) => int.TryParse(manual, out var units) ? Manual(units) : throw Bad($"The header {HeaderNames.OfferThroughput} must be a whole number, not '{manual}'."),
        (null, { } autoscale) => ReadAutoscale(autoscale),
        _ => throw Bad($"Either {HeaderNames.OfferThroughput} or {HeaderNames.OfferAutoscale} may be given, not both."),
    };

    /// <summary>Reads an offer that is to take the place of one.</summary>
    /// <exception cref="RequestRefusedException">It is none, another resource's, or of the other kind where that is not asked for.</exception>
    public static ProvisionedThroughput ReadOffer(GatewayRequest request, Offer current)
    {
        var json = Parse(request.Body, "The offer");
        if (!json.TryGetProperty("content", out var content) || content.ValueKind != JsonValueKind.Object)
        {
            throw Bad("An offer must have a 'content'.");
        }

        if (json.TryGetProperty("offerResourceId", out var resource) && !resource.ValueEquals(OfferJson.RidOf(current)))
        {
            throw Bad("The offer's 'offerResourceId' can't be changed.");
        }

        // The service's own switches between the two kinds: whoever sets one says nothing of how much.
        if (request.Flag(HeaderNames.MigrateToAutoscale))
        {
            return new ProvisionedThroughput.Autoscale(Math.Max(ProvisionedThroughput.Autoscale.Least, RoundUp(current.Throughput.Limit, ProvisionedThroughput.Autoscale.Step)));
        }

        if (request.Flag(HeaderNames.MigrateToManual))
        {
            return new ProvisionedThroughput.Manual(current.Throughput.Limit);
        }

        ProvisionedThroughput wanted = content.TryGetProperty("offerAutopilotSettings", out var autoscale) && autoscale.ValueKind == JsonValueKind.Object
            ? ReadAutoscale(autoscale)
            : content.TryGetProperty("offerThroughput", out var manual) && manual.ValueKind == JsonValueKind.Number && manual.TryGetInt32(out var units)
                ? Manual(units)
                : throw Bad("An offer must have an 'offerThroughput' that is a whole number, or 'offerAutopilotSettings'.");
        return wanted.GetType() == current.Throughput.GetType()
            ? wanted
            : throw Bad($"A throughput becomes manual or autoscale by the header {HeaderNames.MigrateToManual} or {HeaderNames.MigrateToAutoscale}, not by its content.");
    }

    private static ProvisionedThroughput.Autoscale ReadAutoscale(string header) => ReadAutoscale(Parse(System.Text.Encoding.UTF8.GetBytes(header), $"The header {HeaderNames.OfferAutoscale}"));

    private static ProvisionedThroughput.Autoscale ReadAutoscale(JsonElement settings) =>
        settings.TryGetProperty("maxThroughput", out var property) && property.ValueKind == JsonValueKind.Number && property.TryGetInt32(out var most)
            ? IsIn(most, ProvisionedThroughput.Autoscale.Least, ProvisionedThroughput.Autoscale.Step)
                ? new ProvisionedThroughput.Autoscale(most)
                : throw Bad($"The most of an autoscale throughput must be {ProvisionedThroughput.Autoscale.Least} to {ProvisionedThroughput.Most}, in steps of {ProvisionedThroughput.Autoscale.Step}; it is {most}.")
            : throw Bad("Autoscale settings must have a 'maxThroughput' that is a whole number.");

    private static ProvisionedThroughput.Manual Manual(int units) => IsIn(units, ProvisionedThroughput.Manual.Least, ProvisionedThroughput.Manual.Step)
        ? new ProvisionedThroughput.Manual(units)
        : throw Bad($"A throughput must be {ProvisionedThroughput.Manual.Least} to {ProvisionedThroughput.Most}, in steps of {ProvisionedThroughput.Manual.Step}; it is {units}.");

    private static bool IsIn(int units, int least, int step) => units >= least && units <= ProvisionedThroughput.Most && units % step == 0;

    private static int RoundUp(int units, int step) => (units + step - 1) / step * step;

    private static JsonElement Parse(ReadOnlyMemory<byte> utf8, string what)
    {
        try
        {
            var json = JsonElement.Parse(utf8.Span, ItemDocument.ReadOptions);
            StrictText.ThrowIfBroken(utf8.Span, json);
            return json.ValueKind == JsonValueKind.Object ? json : throw Bad($"{what} must be a JSON object.");
        }
        catch (JsonException broken)
        {
            throw Bad($"{what} is not valid JSON: {broken.Message}");
        }
    }

    private static RequestRefusedException Bad(string message) => new(400, 0, message);
}
