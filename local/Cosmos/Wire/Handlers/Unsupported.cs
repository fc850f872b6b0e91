namespace EventFunctions.Local.Cosmos.Wire.Handlers;

/// <summary>Answers to what the endpoint doesn't do; each names it.</summary>
internal static class Unsupported
{
    public static GatewayResponse Method(GatewayRequest request, string what) =>
        GatewayResponse.Error(405, 0, $"The method {request.Method} is not supported on {what}.");

    public static GatewayResponse Path(string path) =>
        path.Contains("addresses", StringComparison.Ordinal)
            ? GatewayResponse.Error(400, 0, "Direct mode is not supported: set CosmosClientOptions.ConnectionMode to ConnectionMode.Gateway.")
            : GatewayResponse.Error(400, 0, $"The resource '{path}' is not supported; the endpoint serves databases, containers, their key ranges and items, and offers.");
}
