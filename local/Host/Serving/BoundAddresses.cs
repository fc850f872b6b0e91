using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace EventFunctions.Local.Host.Serving;

/// <summary>Where a server listens.</summary>
internal static class BoundAddresses
{
    /// <summary>The address a started server was bound to, with the port it was given or took.</summary>
    public static Uri BoundAddress(this WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses;
        return new Uri(addresses?.SingleOrDefault() ?? throw new InvalidOperationException("The server has not started, so it has no address."));
    }
}
