using System.Net;
using System.Net.Sockets;

namespace EventFunctions.EventSourcing;

/// <summary>The network that a client's address is of: /24 of an IPv4 address, /48 of an IPv6 one.</summary>
internal static class ClientNetwork
{
    private const int FourBytesKept = 3;
    private const int SixBytesKept = 6;

    /// <summary>The address with its last bytes zero; <see langword="null"/> for what is no address.</summary>
    public static string? Of(string? address)
    {
        if (!IPAddress.TryParse(address, out var parsed))
        {
            return null;
        }
        var plain = parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed;
        var bytes = plain.GetAddressBytes();
        bytes.AsSpan(plain.AddressFamily == AddressFamily.InterNetwork ? FourBytesKept : SixBytesKept).Clear();
        return new IPAddress(bytes).ToString();
    }
}
