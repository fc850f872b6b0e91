#nullable disable

using EventFunctions.Local.ServiceBus;

namespace Azure.Messaging.ServiceBus;

/// <summary>Takes hold of sessions.</summary>
internal static class SessionAcceptance
{
    public static async Task<ServiceBusSessionReceiver> NextAsync(
        ServiceBusClient client, string path, ServiceBusSessionReceiverOptions options, CancellationToken cancellationToken)
    {
        var queue = QueueWithSessions(client, path, cancellationToken);
        return await queue.AcceptNextSessionAsync(client.TryTimeout, new(cancellationToken, Client: client.Closed)) switch
        {
            AcceptOutcome.Accepted accepted => new ServiceBusSessionReceiver(path, client, options, accepted.Hold, queue),
            AcceptOutcome.Unavailable unavailable => throw ServiceBusFailures.Unavailable(path, unavailable.Why),
            _ => throw ServiceBusFailures.NoSession(path),
        };
    }

    public static async Task<ServiceBusSessionReceiver> NamedAsync(
        ServiceBusClient client,
        string path,
        string sessionId,
        ServiceBusSessionReceiverOptions options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sessionId);
        var queue = QueueWithSessions(client, path, cancellationToken);
        return await queue.AcceptSessionAsync(sessionId, new(cancellationToken, Client: client.Closed)) switch
        {
            AcceptOutcome.Accepted accepted => new ServiceBusSessionReceiver(path, client, options, accepted.Hold, queue),
            AcceptOutcome.Unavailable unavailable => throw ServiceBusFailures.Unavailable(path, unavailable.Why),
            _ => throw ServiceBusFailures.SessionHeldElsewhere(path, sessionId),
        };
    }

    private static MessageQueue QueueWithSessions(ServiceBusClient client, string path, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (cancellationToken.IsCancellationRequested)
        {
            throw new TaskCanceledException(null, null, cancellationToken);
        }

        var queue = client.Broker.FindQueue(path) ?? throw ServiceBusFailures.EntityNotFound(path);
        return queue.Settings.RequiresSession ? queue : throw ServiceBusFailures.HasNoSessions(path);
    }
}
