using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using EventFunctions.Local.Cosmos;

namespace EventFunctions.Benchmarks.Endpoint;

/// <summary>A connection to the Cosmos DB endpoint with next to no client in it, so that what is measured is the server.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly Uri _address;

    private RawConnection(Uri address) => _address = address;

    public static async Task<RawConnection> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        var connection = new RawConnection(address);
        await connection._socket.ConnectAsync(address.Host, address.Port, cancellationToken);
        return connection;
    }

    /// <summary>The head of a request for an item or for a container's items, up to its last two line ends.</summary>
    public string Head(string method, string link, string path, string partition)
    {
        var date = DateTime.UtcNow.ToString("R", CultureInfo.InvariantCulture);
        var text = $"{method.ToLowerInvariant()}\ndocs\n{link}\n{date.ToLowerInvariant()}\n\n";
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(new CosmosEndpointOptions().Key), Encoding.UTF8.GetBytes(text)));
        return $"{method} /{path} HTTP/1.1\r\nHost: {_address.Authority}\r\nx-ms-date: {date}\r\n"
            + $"authorization: {Uri.EscapeDataString($"type=master&ver=1.0&sig={signature}")}\r\nx-ms-documentdb-partitionkey: [\"{partition}\"]\r\n";
    }

    /// <summary>Sends a request and waits for the whole answer.</summary>
    /// <returns>Its status.</returns>
    public async ValueTask<int> SendAsync(string head, string body, CancellationToken cancellationToken)
    {
        var length = Encoding.ASCII.GetBytes($"{head}Content-Length: {body.Length}\r\n\r\n{body}", _buffer);
        for (var sent = 0; sent < length;)
        {
            sent += await _socket.SendAsync(_buffer.AsMemory(sent, length - sent), cancellationToken);
        }

        var (filled, end) = (0, -1);
        while (end < 0 || filled < end)
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(filled), cancellationToken);
            filled += read > 0 ? read : throw new IOException("The endpoint closed the connection.");
            end = end < 0 ? EndOf(_buffer.AsSpan(0, filled)) : end;
        }

        return int.Parse(_buffer.AsSpan("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture);
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>Where the answer ends, once its head is there; -1 before.</summary>
    private static int EndOf(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return -1;
        }

        var length = answer.IndexOf("Content-Length: "u8) + "Content-Length: ".Length;
        var digits = answer[length..(length + answer[length..].IndexOf((byte)'\r'))];
        return head + 4 + int.Parse(digits, CultureInfo.InvariantCulture);
    }
}
