using System.Net;
using System.Net.Sockets;

namespace EventFunctions.Local.ServiceBus.Tests.Durability;

/// <summary>A connection to a broker that may be gone at any moment.</summary>
internal sealed class CrashClient : IDisposable
{
    private readonly TcpClient _connection = new();
    private StreamReader _reader = null!;
    private StreamWriter _writer = null!;

    public static async Task<CrashClient> ConnectAsync(int port)
    {
        var client = new CrashClient();
        await client._connection.ConnectAsync(IPAddress.Loopback, port);
        client._connection.NoDelay = true;
        client._reader = new StreamReader(client._connection.GetStream());
        client._writer = new StreamWriter(client._connection.GetStream()) { AutoFlush = true };
        return client;
    }

    /// <exception cref="IOException">There is no answer any more; whether it was done is not known.</exception>
    public async Task<CrashAnswer> AskAsync(CrashRequest request)
    {
        try
        {
            await _writer.WriteLineAsync(CrashProtocol.Write(request));
            return CrashProtocol.Read<CrashAnswer>(await _reader.ReadLineAsync() ?? throw new IOException("The broker is gone."));
        }
        catch (ObjectDisposedException gone)
        {
            throw new IOException("The broker is gone.", gone);
        }
    }

    /// <summary>All messages of a queue, in pages.</summary>
    public async Task<List<CrashMessage>> PeekAllAsync(string path)
    {
        const int page = 200;
        var all = new List<CrashMessage>();
        while (true)
        {
            var answer = await AskAsync(new CrashRequest("peek", path) { Sequence = all.Count == 0 ? 0 : all[^1].Sequence + 1, Count = page });
            all.AddRange(answer.Messages);
            if (answer.Messages.Count < page)
            {
                return all;
            }
        }
    }

    public void Dispose()
    {
        _connection.Dispose();
        _reader?.Dispose();
    }
}
