#nullable disable

namespace Azure.Messaging.ServiceBus;

/// <summary>
/// The messages one run of an application's handler is responsible for: the one it was called with, and what it received through
/// its arguments. Keeps their locks while it runs, and settles what it left unsettled.
/// </summary>
internal sealed class HeldMessages(
    ServiceBusReceiver receiver,
    TimeSpan maxRenewal,
    Func<Exception, ServiceBusErrorSource, Task> onError,
    Func<ServiceBusReceivedMessage, Exception, Task> onLockLost) : IDisposable
{
    private readonly List<ServiceBusReceivedMessage> _messages = [];
    private readonly List<Task> _renewals = [];
    private readonly CancellationTokenSource _done = new();

    /// <summary>Whether the locks are the messages' own, and to be renewed one by one.</summary>
    private bool Renews =>
        maxRenewal != TimeSpan.Zero && receiver.ReceiveMode == ServiceBusReceiveMode.PeekLock && receiver.Hold is null;

    public void Add(ServiceBusReceivedMessage message)
    {
        lock (_messages)
        {
            ObjectDisposedException.ThrowIf(_done.IsCancellationRequested, typeof(ProcessorReceiveActions));
            _messages.Add(message);
            if (Renews)
            {
                _renewals.Add(RenewAsync(message, _done.Token));
            }
        }
    }

    /// <summary>Runs the handler and sees its messages off.</summary>
    /// <param name="handler">The application's.</param>
    /// <param name="autoComplete">Complete what a successful handler left unsettled.</param>
    /// <param name="stopping">The processor is being stopped; a handler that gives up for that reason has not failed.</param>
    public async Task RunAsync(Func<Task> handler, bool autoComplete, CancellationToken stopping)
    {
        try
        {
            await handler();
            if (autoComplete)
            {
                await SettleAsync(m => receiver.CompleteMessageAsync(m, CancellationToken.None), ServiceBusErrorSource.Complete);
            }
        }
        catch (Exception e)
        {
            // Whatever an application's handler throws goes to its error handler, and its messages go back.
            if (e is not OperationCanceledException || !stopping.IsCancellationRequested)
            {
                await onError(e, ServiceBusErrorSource.ProcessMessageCallback);
            }

            if (!IsLockLost(e))
            {
                await SettleAsync(m => receiver.AbandonMessageAsync(m, null, CancellationToken.None), ServiceBusErrorSource.Abandon);
            }
        }
        finally
        {
            await _done.CancelAsync();
            await Task.WhenAll(Renewals());
        }
    }

    public void Dispose() => _done.Dispose();

    private async Task SettleAsync(Func<ServiceBusReceivedMessage, Task> settle, ServiceBusErrorSource source)
    {
        if (receiver.ReceiveMode == ServiceBusReceiveMode.ReceiveAndDelete)
        {
            return;
        }

        foreach (var message in Unsettled())
        {
            try
            {
                await settle(message);
            }
            catch (Exception e)
            {
                // One message that cannot be settled (its lock was lost) must not keep the others from it.
                await onError(e, source);
            }
        }
    }

    private async Task RenewAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken)
    {
        var giveUp = receiver.Clock.After(maxRenewal);
        try
        {
            await LockKeeper.KeepAsync(
                () => message.LockedUntil,
                () => message.IsSettled ? DateTimeOffset.MinValue : giveUp,
                token => receiver.RenewMessageLockAsync(message, token),
                receiver.Clock,
                cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The handler has ended; so does the renewal.
        }
        catch (Exception e) when (!message.IsSettled && !cancellationToken.IsCancellationRequested)
        {
            await onLockLost(message, e);
            await onError(e, ServiceBusErrorSource.RenewLock);
        }
        catch (ServiceBusException e) when (IsLockLost(e))
        {
            // The message was settled between the decision to renew and the renewal.
        }
    }

    private ServiceBusReceivedMessage[] Unsettled()
    {
        lock (_messages)
        {
            return [.. _messages.Where(m => !m.IsSettled)];
        }
    }

    private Task[] Renewals()
    {
        lock (_messages)
        {
            return [.. _renewals];
        }
    }

    private static bool IsLockLost(Exception exception) => exception is ServiceBusException
    {
        Reason: ServiceBusFailureReason.MessageLockLost or ServiceBusFailureReason.SessionLockLost,
    };
}
