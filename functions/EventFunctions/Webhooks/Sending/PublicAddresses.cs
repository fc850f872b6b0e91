using System.Net;
using System.Net.Sockets;

namespace EventFunctions.Webhooks.Sending;

/// <summary>
/// Tells addresses on the public internet from all others: loopback, private and link-local networks, where an outsider's webhook
/// would reach what is meant for us alone (server-side request forgery, CWE-918).
/// </summary>
/// <remarks>
/// From the special-purpose address registries of IANA (RFC 6890), what is not globally reachable. Of IPv6 only global unicast is
/// let through at all, so loopback, unique-local, link-local, multicast, IPv4-mapped and NAT64 addresses are out, and of it not the
/// blocks that carry an IPv4 address inside (6to4, Teredo).
/// </remarks>
public static class PublicAddresses
{
    /// <summary>
    /// The first three bits, and what they are in global unicast addresses: 2000::/3 (RFC 4291, section 2.4). Written out, because
    /// a network takes an IPv4-mapped address for the IPv4 address in it.
    /// </summary>
    private const int GlobalUnicastMask = 0b1110_0000;
    private const int GlobalUnicast = 0b0010_0000;

    private static readonly IReadOnlyList<IPNetwork> NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", // This network; 0.0.0.0 reaches loopback.
            "10.0.0.0/8", // Private (RFC 1918).
            "100.64.0.0/10", // Shared by carrier-grade NAT (RFC 6598).
            "127.0.0.0/8", // Loopback.
            "168.63.129.16/32", // Azure's own, from inside every virtual machine.
            "169.254.0.0/16", // Link-local (RFC 3927), with the metadata services of clouds.
            "172.16.0.0/12", // Private (RFC 1918).
            "192.0.0.0/24", // Protocol assignments (RFC 6890).
            "192.0.2.0/24", // Documentation (RFC 5737).
            "192.88.99.0/24", // 6to4 relays, deprecated (RFC 7526).
            "192.168.0.0/16", // Private (RFC 1918).
            "198.18.0.0/15", // Benchmarks (RFC 2544).
            "198.51.100.0/24", // Documentation (RFC 5737).
            "203.0.113.0/24", // Documentation (RFC 5737).
            "224.0.0.0/4", // Multicast.
            "240.0.0.0/4", // Reserved, with broadcast.
            "2001::/23", // Protocol assignments, with Teredo (RFC 4380).
            "2001:db8::/32", // Documentation (RFC 3849).
            "2002::/16", // 6to4 (RFC 3056).
            "3fff::/20", // Documentation (RFC 9637).
        }.Select(text => IPNetwork.Parse(text)),
    ];

    /// <summary>Whether an address is on the public internet.</summary>
    public static bool Contain(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var isRoutable = address.AddressFamily switch
        {
            AddressFamily.InterNetwork => true,
            AddressFamily.InterNetworkV6 => (address.GetAddressBytes()[0] & GlobalUnicastMask) == GlobalUnicast,
            _ => false,
        };
        return isRoutable && !NotPublic.Any(network => network.Contains(address));
    }
}
