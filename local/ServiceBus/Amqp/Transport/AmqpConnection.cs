using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>
/// One connection, from its first byte to its last (AMQP 1.0, part 2, 2.4). Frames are handled in their order under one gate; what
/// takes longer goes on beside it, and comes back under the gate.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer and no handle; disposing of it would race with those who still ask for its token.")]
internal sealed partial class AmqpConnection
{
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(5);

    private readonly ConnectionContext _transport;
    private readonly FrameReader _frames;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _ended = new();
    private readonly Dictionary<ushort, AmqpSession> _sessions = [];
    private Performative.Open? _remote;
    private volatile bool _isClosing;
    private long _lastReceived;

    public AmqpConnection(ConnectionContext transport, EndpointContext endpoint)
    {
        _transport = transport;
        Endpoint = endpoint;
        _frames = new FrameReader(endpoint.Options.MaxFrameSize);
        _log = endpoint.Log;
        _lastReceived = endpoint.Clock.GetTimestamp();
        Outbox = new Outbox(Gate);
        Grants = new Grants(endpoint.Options.Key, endpoint.Clock);
    }

    /// <summary>Everything of the connection, its sessions and links changes under it.</summary>
    public Lock Gate { get; } = new();

    public EndpointContext Endpoint { get; }

    public Outbox Outbox { get; }

    public Grants Grants { get; }

    /// <summary>The sessions its receivers hold.</summary>
    public HeldSessions Holds { get; } = new();

    /// <summary>Cancelled when the connection is over.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>The largest frame the peer takes.</summary>
    public int MaxOutgoingFrame => (int)Math.Min(_remote?.MaxFrameSize ?? 512, Endpoint.Options.MaxFrameSize);

    /// <summary>All links of all sessions. The gate is held.</summary>
    public IEnumerable<AmqpLink> Links => _sessions.Values.SelectMany(session => session.Links);

    /// <summary>Serves the connection until one of both sides has had enough of it.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var writing = WriteAsync();
        await using var stop = stopping.UnsafeRegister(
            _ => Fail(new AmqpError(ErrorCondition.ConnectionForced, "The endpoint is stopping.")), null);
        try
        {
            await ReadAsync();
        }
        catch (AmqpFormatException exception)
        {
            _log.LogWarning("AMQP connection {Id} is closed: {Reason}", _transport.ConnectionId, exception.Message);
            Fail(new AmqpError(exception.Condition, exception.Message));
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ConnectionAbortedException)
        {
            _log.LogDebug(exception, "AMQP connection {Id} broke.", _transport.ConnectionId);
        }
        finally
        {
            await EndAsync(writing);
        }
    }

    /// <summary>Closes the connection with an error.</summary>
    public void Fail(AmqpError error)
    {
        lock (Gate)
        {
            if (!_isClosing)
            {
                _isClosing = true;
                Outbox.Frame(0, new Performative.Close(error));
                Outbox.Complete();
                _transport.Transport.Input.CancelPendingRead();
            }
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            await Outbox.RunAsync(_transport.Transport.Output, CancellationToken.None);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ConnectionAbortedException or InvalidOperationException)
        {
            // The reading side ends with the transport, and with it the connection.
            _log.LogDebug(exception, "AMQP connection {Id} takes nothing more.", _transport.ConnectionId);
            _transport.Abort(new ConnectionAbortedException("The peer takes nothing more."));
        }
    }

    private async Task EndAsync(Task writing)
    {
        lock (Gate)
        {
            _isClosing = true;
            Outbox.Complete();
            foreach (var session in _sessions.Values)
            {
                session.Drop();
            }

            _sessions.Clear();
        }

        await _ended.CancelAsync();
        await writing.WaitAsync(ClosePatience, Endpoint.Clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _transport.Transport.Output.CompleteAsync();
        await DiscardAsync(_transport.Transport.Input).WaitAsync(ClosePatience, Endpoint.Clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _transport.Abort(new ConnectionAbortedException("The connection is closed."));
        await _transport.DisposeAsync();
    }

    /// <summary>Reads on until the peer is done: a socket that is closed with unread bytes may take what was sent with it.</summary>
    private static async Task DiscardAsync(PipeReader input)
    {
        while (await input.ReadAsync(CancellationToken.None) is { IsCompleted: false } read)
        {
            input.AdvanceTo(read.Buffer.End);
        }

        await input.CompleteAsync();
    }

    private async Task ReadAsync()
    {
        var input = _transport.Transport.Input;
        if (!await BeginAsync(input))
        {
            return;
        }

        var watching = WatchAsync();
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(CancellationToken.None);
                var bytes = read.Buffer;
                _lastReceived = Endpoint.Clock.GetTimestamp();
                try
                {
                    HandleAll(ref bytes);
                }
                finally
                {
                    input.AdvanceTo(bytes.Start, bytes.End);
                }

                if (read.IsCompleted || _isClosing)
                {
                    return;
                }
            }
        }
        finally
        {
            await _ended.CancelAsync();
            await watching;
        }
    }

    private void HandleAll(ref ReadOnlySequence<byte> bytes)
    {
        while (!_isClosing && _frames.TryRead(ref bytes, out var frame))
        {
            lock (Gate)
            {
                if (!_isClosing)
                {
                    Handle(frame);
                }
            }
        }
    }
}
