using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EventFunctions.Local.ServiceBus.Amqp.Tests.Wire;

/// <summary>A peer that sends exactly what a test wants, well-behaved or not.</summary>
internal sealed class WireClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly FrameReader _frames = new(uint.MaxValue);
    private readonly AmqpWriter _writer = new();
    private ReadOnlySequence<byte> _received;

    public static byte[] Plain(string name = "RootManageSharedAccessKey", string key = "SAS_KEY_VALUE") => Encoding.UTF8.GetBytes($"\0{name}\0{key}");

    /// <summary>A peer of which only the socket is connected.</summary>
    public static async Task<WireClient> ConnectAsync(int port)
    {
        var client = new WireClient();
        await client._socket.ConnectAsync(IPAddress.Loopback, port);
        return client;
    }

    /// <summary>A peer with an open connection, and the rights of the namespace's key unless it is anonymous.</summary>
    public static async Task<WireClient> OpenAsync(int port, bool isAnonymous = false, uint maxFrameSize = 65_536, uint? idleTimeOut = null)
    {
        var client = await ConnectAsync(port);
        await client.SendAsync(ProtocolHeader.Sasl.ToArray());
        Assert.Equal(ProtocolHeader.Sasl.ToArray(), await client.ReceiveBytesAsync(8));
        await client.ReceiveSaslAsync();
        await client.SendSaslAsync(isAnonymous ? "ANONYMOUS" : "PLAIN", isAnonymous ? null : Plain());
        Assert.Equal((byte)0, (await client.ReceiveSaslAsync())[0]);
        await client.SendAsync(ProtocolHeader.Amqp.ToArray());
        Assert.Equal(ProtocolHeader.Amqp.ToArray(), await client.ReceiveBytesAsync(8));
        await client.SendAsync(0, new Performative.Open("test", "localhost", maxFrameSize, ushort.MaxValue, idleTimeOut, null));
        await client.ReceiveAsync<Performative.Open>();
        return client;
    }

    /// <summary>A peer with a session.</summary>
    public static async Task<WireClient> BeginAsync(int port, uint incomingWindow = 1_000, bool isAnonymous = false, uint maxFrameSize = 65_536)
    {
        var client = await OpenAsync(port, isAnonymous, maxFrameSize);
        await client.SendAsync(0, new Performative.Begin(null, 0, incomingWindow, 1_000, 255));
        await client.ReceiveAsync<Performative.Begin>();
        return client;
    }

    public Task SendSaslAsync(string mechanism, byte[]? response)
    {
        var init = new AmqpDescribed(CompositeTypes.Init.Code, new AmqpList { new AmqpSymbol(mechanism), response, "localhost" });
        var described = Composite.Of(init);
        _writer.Clear();
        _writer.WriteFrame(FrameType.Sasl, 0, described);
        return SendAsync(_writer.Written);
    }

    public Task SendAsync(ushort channel, Performative performative, ReadOnlyMemory<byte> payload = default)
    {
        _writer.Clear();
        _writer.WriteFrame(FrameType.Amqp, channel, performative, payload.Span);
        return SendAsync(_writer.Written);
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        using var deadline = new CancellationTokenSource(Patience);
        await _socket.SendAsync(bytes, deadline.Token);
    }

    /// <summary>Attaches a link, and takes the answer.</summary>
    public async Task<Performative.Attach> AttachAsync(uint handle, string address, bool receives, byte settleMode = Performative.Attach.MixedSettlement, string? name = null, AmqpMap? filter = null)
    {
        await SendAsync(0, Link(handle, address, receives, settleMode, name, filter));
        return await ReceiveAsync<Performative.Attach>();
    }

    public static Performative.Attach Link(uint handle, string address, bool receives, byte settleMode = Performative.Attach.MixedSettlement, string? name = null, AmqpMap? filter = null) =>
        new(name ?? $"link-{handle}", handle, receives)
        {
            SenderSettleMode = settleMode,
            ReceiverSettleMode = 1,
            Source = new Source(receives ? address : "here", filter),
            Target = new Target(receives ? "here" : address),
            InitialDeliveryCount = receives ? null : 0,
        };

    public Task GiveCreditAsync(uint handle, uint credit, uint deliveryCount = 0, bool drain = false) => SendAsync(0, new Performative.Flow(0, 1_000, 0, 1_000)
    {
        Handle = handle,
        DeliveryCount = deliveryCount,
        LinkCredit = credit,
        Drain = drain,
    });

    /// <summary>The next performative, which has to be of a kind; flows are passed over unless one is waited for.</summary>
    public async Task<T> ReceiveAsync<T>()
        where T : Performative
    {
        while (true)
        {
            var (performative, _) = await ReceiveFrameAsync();
            if (performative is T expected)
            {
                return expected;
            }

            Assert.True(performative is Performative.Flow, $"Instead of a {typeof(T).Name} there is: {performative}");
        }
    }

    /// <summary>The next performative and what it carries; frames without either are passed over.</summary>
    public async Task<(Performative? Performative, byte[] Payload)> ReceiveFrameAsync()
    {
        while (true)
        {
            if (_frames.TryRead(ref _received, out var frame))
            {
                if (!frame.Body.IsEmpty)
                {
                    var body = frame.Body.ToArray();
                    var reader = new AmqpReader(body);
                    return (Performative.Read(ref reader), body[reader.Position..]);
                }
            }
            else if (!await FillAsync())
            {
                return (null, []);
            }
        }
    }

    /// <summary>Waits for the frame that says that the endpoint is there.</summary>
    public async Task ReceiveHeartbeatAsync()
    {
        Frame frame;
        while (!_frames.TryRead(ref _received, out frame))
        {
            Assert.True(await FillAsync());
        }

        Assert.True(frame.Body.IsEmpty);
    }

    /// <summary>Waits for the end of the connection, and tells how it was closed.</summary>
    public async Task<AmqpError?> ClosedAsync()
    {
        AmqpError? error = null;
        while (await ReceiveFrameAsync() is { Performative: { } performative })
        {
            error = performative is Performative.Close close ? close.Error : error;
        }

        return error;
    }

    public async Task<byte[]> ReceiveBytesAsync(int count)
    {
        while (_received.Length < count)
        {
            Assert.True(await FillAsync(), "the connection ended");
        }

        var bytes = _received.Slice(0, count).ToArray();
        _received = _received.Slice(count);
        return bytes;
    }

    /// <summary>Whether the connection ended, with nothing more.</summary>
    public async Task<bool> IsEndedAsync() => _received.IsEmpty && !await FillAsync();

    public async Task<Composite> ReceiveSaslAsync()
    {
        Frame frame;
        while (!_frames.TryRead(ref _received, out frame))
        {
            Assert.True(await FillAsync());
        }

        Assert.Equal(FrameType.Sasl, frame.Type);
        var reader = new AmqpReader(frame.Body.ToArray());
        return Composite.Read(ref reader);
    }

    public void Dispose() => _socket.Dispose();

    private async Task<bool> FillAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        var buffer = new byte[8192];
        int count;
        try
        {
            count = await _socket.ReceiveAsync(buffer, deadline.Token);
        }
        catch (SocketException)
        {
            return false; // reset: the endpoint wants no more
        }

        _received = new ReadOnlySequence<byte>([.. _received.ToArray(), .. buffer.AsSpan(0, count)]);
        return count > 0;
    }
}
