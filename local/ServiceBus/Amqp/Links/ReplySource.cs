using System.Threading.Channels;

namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>Sends the answers to requests, in the order they are given.</summary>
internal sealed class ReplySource : IDeliverySource
{
    /// <summary>How many answers may wait for the peer's credit.</summary>
    private const int MaxWaiting = 1_000;

    private readonly Channel<ReadOnlyMemory<byte>> _answers = Channel.CreateBounded<ReadOnlyMemory<byte>>(MaxWaiting);

    /// <summary>Sends an answer as soon as it can be.</summary>
    /// <returns>Whether there was room for it.</returns>
    public bool TrySend(ReadOnlyMemory<byte> answer) => _answers.Writer.TryWrite(answer);

    /// <inheritdoc />
    public ValueTask<Performative.Attach> OpenAsync(Performative.Attach answer, CancellationToken closed) => ValueTask.FromResult(answer);

    /// <inheritdoc />
    public async Task RunAsync(OutgoingLink link, CancellationToken closed)
    {
        while (!closed.IsCancellationRequested)
        {
            var demand = link.Demand();
            if (demand.IsDraining && !_answers.Reader.TryPeek(out _))
            {
                link.Drained(demand.Version);
            }
            else if (demand.Credit == 0)
            {
                await demand.Changed.WaitAsync(closed);
            }
            else if (_answers.Reader.TryPeek(out var answer))
            {
                if (await link.SendAsync(answer, Guid.NewGuid().ToByteArray(), lockToken: null))
                {
                    _answers.Reader.TryRead(out _);
                }
            }
            else
            {
                await Task.WhenAny(_answers.Reader.WaitToReadAsync(closed).AsTask(), demand.Changed);
            }
        }
    }

    /// <inheritdoc />
    public ValueTask<DeliveryState> SettleAsync(Guid lockToken, DeliveryState? outcome, CancellationToken cancellationToken) =>
        ValueTask.FromResult(DeliveryState.Accept);

    /// <inheritdoc />
    public ValueTask CloseAsync() => ValueTask.CompletedTask;
}
