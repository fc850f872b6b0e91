using Azure.Messaging.ServiceBus;
using EventFunctions.Local.Functions.Discovery;
using EventFunctions.Local.Functions.Hosting;
using EventFunctions.Local.Functions.Invocation;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.Functions.ServiceBus;

/// <summary>
/// Runs a function for batches of messages, one batch at a time; with sessions a batch holds messages of one session. Locks of a
/// batch are not renewed, as on Azure.
/// </summary>
internal sealed class BatchListener(
    Function function,
    EntityProbe probe,
    Trigger.ServiceBus trigger,
    ServiceBusClient client,
    ServiceBusHostOptions options,
    MessageInvoker invoker,
    StopSignals signals,
    ILogger<BatchListener> logger) : ITriggerListener
{
    private static readonly TimeSpan DefaultSessionIdleTimeout = TimeSpan.FromMinutes(1);

    private Task _loop = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await probe.RequireAsync(cancellationToken);
        _loop = RunAsync();
    }

    public Task StopAsync(CancellationToken cancellationToken) => _loop.WaitAsync(cancellationToken);

    private async Task RunAsync()
    {
        while (!signals.Stopping.IsCancellationRequested)
        {
            try
            {
                await (trigger.Sessions ? ReceiveFromSessionAsync() : ReceiveAsync());
            }
            catch (OperationCanceledException) when (signals.Stopping.IsCancellationRequested)
            {
                // The host stops: that is how the loop ends.
            }
            catch (ServiceBusException exception) when (exception.Reason
                is ServiceBusFailureReason.ServiceTimeout or ServiceBusFailureReason.SessionLockLost)
            {
                // No session had messages, or nothing came to this one before its lock, which is not renewed, ended; ask again.
            }
#pragma warning disable CA1031 // Whatever it was is logged and tried again; an exception that got out would end the trigger for good.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                logger.LogWarning(exception, "{Function}: receiving from {Entity} failed.", function.Name, trigger.Entity);
                await Task.Delay(TimeSpan.FromSeconds(1), signals.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ReceiveAsync()
    {
        await using var receiver = trigger.Subscription is { } subscription
            ? client.CreateReceiver(trigger.Entity, subscription)
            : client.CreateReceiver(trigger.Entity);
        while (true)
        {
            var messages = await receiver.ReceiveMessagesAsync(options.MaxMessageBatchSize, cancellationToken: signals.Stopping);
            if (messages.Count > 0)
            {
                await ProcessAsync(receiver, messages, session: null);
            }
        }
    }

    private async Task ReceiveFromSessionAsync()
    {
        await using var receiver = trigger.Subscription is { } subscription
            ? await client.AcceptNextSessionAsync(trigger.Entity, subscription, cancellationToken: signals.Stopping)
            : await client.AcceptNextSessionAsync(trigger.Entity, cancellationToken: signals.Stopping);
        var released = false;
        while (!released)
        {
            var messages = await receiver.ReceiveMessagesAsync(
                options.MaxMessageBatchSize, options.SessionIdleTimeout ?? DefaultSessionIdleTimeout, signals.Stopping);
            if (messages.Count == 0)
            {
                return;
            }

            await ProcessAsync(receiver, messages, new ReceiverSessionActions(receiver, () => released = true));
        }
    }

    private async Task ProcessAsync(
        ServiceBusReceiver receiver, IReadOnlyList<ServiceBusReceivedMessage> messages, ReceiverSessionActions? session)
    {
        try
        {
            await invoker.InvokeAsync(function, new TriggerInput.Messages(messages, new ReceiverActions(receiver), session));
        }
#pragma warning disable CA1031 // The invocation has logged it; the messages go back, whatever it was.
        catch (Exception)
#pragma warning restore CA1031
        {
            await SettleAsync(messages, message => receiver.AbandonMessageAsync(message));
            return;
        }

        if (trigger.AutoComplete)
        {
            await SettleAsync(messages, message => receiver.CompleteMessageAsync(message));
        }
    }

    private async Task SettleAsync(IReadOnlyList<ServiceBusReceivedMessage> messages, Func<ServiceBusReceivedMessage, Task> settle)
    {
        foreach (var message in messages)
        {
            try
            {
                await settle(message);
            }
            catch (ServiceBusException exception) when (exception.Reason
                is ServiceBusFailureReason.MessageLockLost or ServiceBusFailureReason.SessionLockLost)
            {
                // The function settled it itself, or the lock has run out and the message comes again.
                logger.LogDebug(exception, "{Function}: message {MessageId} was settled before.", function.Name, message.MessageId);
            }
        }
    }
}
