using Azure.Messaging.ServiceBus;
using EventFunctions.Local.Functions.Discovery;

namespace EventFunctions.Local.Functions.ServiceBus;

/// <summary>Looks whether a trigger's queue or subscription is there and as the trigger takes it; a processor would fail for ever.</summary>
internal sealed class EntityProbe(Function function, Trigger.ServiceBus trigger, ServiceBusClient client)
{
    /// <exception cref="FunctionsStartupException">It is not there, or it has sessions and the trigger has not, or the reverse.</exception>
    public async Task RequireAsync(CancellationToken cancellationToken)
    {
        await using var receiver = trigger.Subscription is { } subscription
            ? client.CreateReceiver(trigger.Entity, subscription)
            : client.CreateReceiver(trigger.Entity);
        try
        {
            await receiver.PeekMessageAsync(cancellationToken: cancellationToken);
            await RequireSessionsAsync(receiver, cancellationToken);
        }
        catch (ServiceBusException exception)
        {
            throw new FunctionsStartupException(
                $"Function '{function.Name}': messages of '{receiver.EntityPath}' can't be received: {exception.Message} "
                + "Declare the queue, or the topic and its subscription, in the messaging topology.",
                exception);
        }
        catch (InvalidOperationException exception) when (exception is not ObjectDisposedException)
        {
            throw new FunctionsStartupException(
                trigger.Sessions
                    ? $"Function '{function.Name}': its trigger has IsSessionsEnabled, but '{receiver.EntityPath}' does not require "
                        + "sessions. Set requiresSession in the messaging topology, or leave IsSessionsEnabled out."
                    : $"Function '{function.Name}': '{receiver.EntityPath}' requires sessions, but its trigger has none. Set "
                        + "IsSessionsEnabled = true, or take requiresSession out of the messaging topology.",
                exception);
        }
    }

    /// <summary>Does what only an entity with sessions, or only one without, allows, and takes no message by it.</summary>
    private async Task RequireSessionsAsync(ServiceBusReceiver receiver, CancellationToken cancellationToken)
    {
        if (!trigger.Sessions)
        {
            await receiver.ReceiveDeferredMessagesAsync([], cancellationToken);
            return;
        }

        var unused = Guid.NewGuid().ToString("N");
        await using var session = trigger.Subscription is { } subscription
            ? await client.AcceptSessionAsync(trigger.Entity, subscription, unused, cancellationToken: cancellationToken)
            : await client.AcceptSessionAsync(trigger.Entity, unused, cancellationToken: cancellationToken);
    }
}
