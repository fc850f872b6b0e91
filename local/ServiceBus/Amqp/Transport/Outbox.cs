using System.IO.Pipelines;

namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>
/// What a connection has to send. Frames are written to one buffer under the connection's gate while another one is on its way, so
/// that many frames share a write, and nobody waits for the network with the gate in hand.
/// </summary>
internal sealed class Outbox(Lock gate)
{
    /// <summary>From here on links wait with new messages; answers are never held back.</summary>
    private const int Full = 1 << 20;

    private readonly Signal _work = new();
    private readonly Signal _sent = new();
    private AmqpWriter _filling = new(16 * 1024);
    private AmqpWriter _sending = new(16 * 1024);
    private bool _isComplete;

    /// <summary>Whether anything was written since this was last asked. The gate is held.</summary>
    public bool WasUsed { get; set; }

    /// <summary>Completes once there is room for messages; none where there is room already. The gate is held.</summary>
    public Task? Room => _filling.Length < Full || _isComplete ? null : _sent.Next;

    /// <summary>Adds bytes. The gate is held.</summary>
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        if (!_isComplete)
        {
            _filling.WriteRaw(bytes);
            Wake();
        }
    }

    /// <summary>Adds a frame. The gate is held.</summary>
    public void Frame(ushort channel, IComposite performative, ReadOnlySpan<byte> payload = default, FrameType type = FrameType.Amqp)
    {
        if (!_isComplete)
        {
            _filling.WriteFrame(type, channel, performative, payload);
            Wake();
        }
    }

    /// <summary>Adds a frame that says that this end is there. The gate is held.</summary>
    public void Heartbeat()
    {
        if (!_isComplete)
        {
            _filling.WriteEmpty();
            Wake();
        }
    }

    /// <summary>Nothing is added any more; what is there is still sent. The gate is held.</summary>
    public void Complete()
    {
        _isComplete = true;
        _work.Pulse();
        _sent.Pulse();
    }

    /// <summary>Sends what is added, until it is complete.</summary>
    public async Task RunAsync(PipeWriter output, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task? work = null;
            lock (gate)
            {
                if (_filling.Length > 0)
                {
                    (_filling, _sending) = (_sending, _filling);
                }
                else if (_isComplete)
                {
                    return;
                }
                else
                {
                    work = _work.Next;
                }
            }

            if (work is not null)
            {
                await work.WaitAsync(cancellationToken);
                continue;
            }

            await output.WriteAsync(_sending.Written, cancellationToken);
            _sending.Clear();
            lock (gate)
            {
                _sent.Pulse();
            }
        }
    }

    private void Wake()
    {
        WasUsed = true;
        _work.Pulse();
    }
}
