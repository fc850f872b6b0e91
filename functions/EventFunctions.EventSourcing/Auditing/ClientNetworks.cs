using System.Net;
using System.Net.Sockets;

namespace EventFunctions.EventSourcing;

/// <summary>
/// Client addresses cut to the network they are in: /24 of IPv4, /48 of IPv6. It tells from where, and of a household or an office
/// alike, but of nobody in particular.
/// </summary>
public static class ClientNetworks
{
    private const int KeptOfV4 = 3;
    private const int KeptOfV6 = 6;

    /// <summary>The network of an address, e.g. <c>203.0.113.0/24</c>; <see langword="null"/> where there is no address or the text is none.</summary>
    public static string? Of(string? address)
    {
        if (!IPAddress.TryParse(address, out var parsed))
        {
            return null;
        }

        // A dual-stack listener hands out IPv4 clients as IPv6.
        var plain = parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed;
        var bytes = plain.GetAddressBytes();
        var kept = plain.AddressFamily == AddressFamily.InterNetwork ? KeptOfV4 : KeptOfV6;
        Array.Clear(bytes, kept, bytes.Length - kept);
        return $"{new IPAddress(bytes)}/{kept * 8}";
    }
}
