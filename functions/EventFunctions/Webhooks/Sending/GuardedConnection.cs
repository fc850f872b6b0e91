using System.Net;
using System.Net.Sockets;

namespace EventFunctions.Webhooks.Sending;

/// <summary>
/// Connects to the addresses that a name stands for once all of them are found to be public, and to no other: a name that means
/// something else a moment later (DNS rebinding) is never looked up a second time.
/// </summary>
/// <param name="resolver">Looks names up.</param>
/// <param name="allowsPrivate">Whether any address may be reached: on one's own machine only.</param>
public sealed class GuardedConnection(IHostResolver resolver, bool allowsPrivate)
{
    /// <summary>Connects.</summary>
    /// <exception cref="ForbiddenAddressException">The name stands for an address that is not public; nothing was sent anywhere.</exception>
    /// <exception cref="SocketException">The name is not known, or no address answers.</exception>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        var addresses = await resolver.ResolveAsync(target.Host, cancellationToken);
        if (!allowsPrivate && addresses.FirstOrDefault(a => !PublicAddresses.Contain(a)) is { } forbidden)
        {
            throw new ForbiddenAddressException(target.Host, forbidden);
        }

        SocketException? failure = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, target.Port), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (Exception exception)
            {
                socket.Dispose();
                if (exception is not SocketException refused)
                {
                    throw;
                }

                failure = refused; // Another address may answer.
            }
        }

        throw failure ?? new SocketException((int)SocketError.HostNotFound);
    }
}

/// <summary>Looks up which addresses a name stands for.</summary>
public interface IHostResolver
{
    /// <summary>The addresses of a host; an address in text stands for itself.</summary>
    /// <exception cref="SocketException">The name is not known.</exception>
    Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken);
}

/// <summary>Looks names up as the system does.</summary>
public sealed class SystemHostResolver : IHostResolver
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken) =>
        await Dns.GetHostAddressesAsync(host, cancellationToken);
}

/// <summary>A webhook's name stands for an address that is not public.</summary>
/// <param name="host">The name.</param>
/// <param name="address">The address.</param>
public sealed class ForbiddenAddressException(string host, IPAddress address)
    : Exception($"'{host}' stands for {address}, which is not an address on the public internet.");
