namespace EventFunctions.Local.ServiceBus;

/// <summary>
/// Everybody who can call off a wait. Each of them is asked itself, because a token linked to them hears of a cancellation only when
/// their callbacks run, which may be much later.
/// </summary>
/// <param name="Caller">Whoever waits.</param>
/// <param name="Processor">The processor it waits for, which is being stopped.</param>
/// <param name="Receiver">The receiver it waits with, which is being closed.</param>
/// <param name="Client">The client of that receiver, which is being closed.</param>
internal readonly record struct Cancellation(
    CancellationToken Caller, CancellationToken Processor = default, CancellationToken Receiver = default, CancellationToken Client = default)
{
    /// <summary>Whether anybody has called it off.</summary>
    public bool IsRequested => Requested.IsCancellationRequested;

    /// <summary>The token of one who has called it off, or one that is not cancelled.</summary>
    public CancellationToken Requested =>
        Caller.IsCancellationRequested ? Caller
        : Processor.IsCancellationRequested ? Processor
        : Receiver.IsCancellationRequested ? Receiver
        : Client;

    public static implicit operator Cancellation(CancellationToken caller) => new(caller);

    /// <exception cref="TaskCanceledException">It was called off.</exception>
    public void ThrowIfRequested()
    {
        if (Requested is { IsCancellationRequested: true } requested)
        {
            throw new TaskCanceledException(null, null, requested);
        }
    }

    /// <summary>Tells when it is called off, a moment after <see cref="IsRequested"/> does.</summary>
    public CancellationTokenSource Link() => CancellationTokenSource.CreateLinkedTokenSource([Caller, Processor, Receiver, Client]);
}
