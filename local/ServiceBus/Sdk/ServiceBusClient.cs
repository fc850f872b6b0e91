#nullable disable

using Azure.Core;
using EventFunctions.Local.ServiceBus;

namespace Azure.Messaging.ServiceBus;

/// <summary>
/// The way to a namespace's queues, topics and subscriptions. Here the namespace is a broker in this process, and its clients come
/// from <see cref="ServiceBusBroker.CreateClient"/>; the public constructors, which mean a service on the network, refuse.
/// </summary>
public class ServiceBusClient : IAsyncDisposable
{
    private readonly ServiceBusBroker _broker;
    private readonly ServiceBusClientOptions _options = new();
    private readonly CancellationTokenSource _closed = new();

    /// <summary>For tests that replace the client.</summary>
    protected ServiceBusClient()
    {
    }

    /// <summary>Refuses: a connection string means a service on the network.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public ServiceBusClient(string connectionString)
        : this(connectionString, new ServiceBusClientOptions())
    {
    }

    /// <summary>Refuses: a connection string means a service on the network.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public ServiceBusClient(string connectionString, ServiceBusClientOptions options) => throw OnlyFromBroker(nameof(connectionString));

    /// <summary>Refuses: a credential means a service on the network.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public ServiceBusClient(string fullyQualifiedNamespace, TokenCredential credential)
        : this(fullyQualifiedNamespace, credential, new ServiceBusClientOptions())
    {
    }

    /// <summary>Refuses: a credential means a service on the network.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public ServiceBusClient(string fullyQualifiedNamespace, TokenCredential credential, ServiceBusClientOptions options) =>
        throw OnlyFromBroker(nameof(credential));

    /// <summary>Refuses: a credential means a service on the network.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public ServiceBusClient(string fullyQualifiedNamespace, AzureNamedKeyCredential credential, ServiceBusClientOptions options = null) =>
        throw OnlyFromBroker(nameof(credential));

    /// <summary>Refuses: a credential means a service on the network.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public ServiceBusClient(string fullyQualifiedNamespace, AzureSasCredential credential, ServiceBusClientOptions options = null) =>
        throw OnlyFromBroker(nameof(credential));

    internal ServiceBusClient(ServiceBusBroker broker, ServiceBusClientOptions options)
    {
        _broker = broker;
        _options = options ?? new ServiceBusClientOptions();
        if (_options.EnableCrossEntityTransactions)
        {
            throw new NotSupportedException(
                "ServiceBusClientOptions.EnableCrossEntityTransactions: the local broker has no transactions. Leave it false.");
        }

        Identifier = string.IsNullOrEmpty(_options.Identifier) ? $"local-{Guid.NewGuid():N}" : _options.Identifier;
    }

    /// <summary>The namespace's host name.</summary>
    public virtual string FullyQualifiedNamespace => "localhost";

    /// <summary>How the service is reached, as the options say.</summary>
    public ServiceBusTransportType TransportType => _options.TransportType;

    /// <summary>Whether the client was disposed of.</summary>
    public virtual bool IsClosed => _closed.IsCancellationRequested;

    /// <summary>The client's name in logs.</summary>
    public virtual string Identifier { get; }

    internal ServiceBusBroker Broker
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return Namespace;
        }
    }

    /// <summary>Tells the time, also to what still has to end after the client was closed.</summary>
    internal TimeProvider Clock => Namespace.TimeProvider;

    internal TimeSpan TryTimeout => _options.RetryOptions.EffectiveTryTimeout;

    /// <summary>Cancelled when the client closes.</summary>
    internal CancellationToken Closed => _closed.Token;

    /// <summary>A sender to a queue or topic.</summary>
    public virtual ServiceBusSender CreateSender(string queueOrTopicName) => new(queueOrTopicName, this, null);

    /// <summary>A sender to a queue or topic.</summary>
    public virtual ServiceBusSender CreateSender(string queueOrTopicName, ServiceBusSenderOptions options) =>
        new(queueOrTopicName, this, options);

    /// <summary>A receiver from a queue.</summary>
    public virtual ServiceBusReceiver CreateReceiver(string queueName) => new(queueName, this, null);

    /// <summary>A receiver from a queue.</summary>
    public virtual ServiceBusReceiver CreateReceiver(string queueName, ServiceBusReceiverOptions options) => new(queueName, this, options);

    /// <summary>A receiver from a subscription.</summary>
    public virtual ServiceBusReceiver CreateReceiver(string topicName, string subscriptionName) =>
        new(SubscriptionPath(topicName, subscriptionName), this, null);

    /// <summary>A receiver from a subscription.</summary>
    public virtual ServiceBusReceiver CreateReceiver(string topicName, string subscriptionName, ServiceBusReceiverOptions options) =>
        new(SubscriptionPath(topicName, subscriptionName), this, options);

    /// <summary>A processor of a queue's messages.</summary>
    public virtual ServiceBusProcessor CreateProcessor(string queueName) => new(queueName, this, null);

    /// <summary>A processor of a queue's messages.</summary>
    public virtual ServiceBusProcessor CreateProcessor(string queueName, ServiceBusProcessorOptions options) =>
        new(queueName, this, options);

    /// <summary>A processor of a subscription's messages.</summary>
    public virtual ServiceBusProcessor CreateProcessor(string topicName, string subscriptionName) =>
        new(SubscriptionPath(topicName, subscriptionName), this, null);

    /// <summary>A processor of a subscription's messages.</summary>
    public virtual ServiceBusProcessor CreateProcessor(string topicName, string subscriptionName, ServiceBusProcessorOptions options) =>
        new(SubscriptionPath(topicName, subscriptionName), this, options);

    /// <summary>A processor of a queue's messages, session by session.</summary>
    public virtual ServiceBusSessionProcessor CreateSessionProcessor(string queueName, ServiceBusSessionProcessorOptions options = null) =>
        new(queueName, this, options);

    /// <summary>A processor of a subscription's messages, session by session.</summary>
    public virtual ServiceBusSessionProcessor CreateSessionProcessor(
        string topicName, string subscriptionName, ServiceBusSessionProcessorOptions options = null) =>
        new(SubscriptionPath(topicName, subscriptionName), this, options);

    /// <summary>Takes hold of a queue's session that nobody holds.</summary>
    /// <exception cref="ServiceBusException">There was none in the time allowed: <see cref="ServiceBusFailureReason.ServiceTimeout"/>.</exception>
    public virtual Task<ServiceBusSessionReceiver> AcceptNextSessionAsync(
        string queueName, ServiceBusSessionReceiverOptions options = null, CancellationToken cancellationToken = default) =>
        SessionAcceptance.NextAsync(this, queueName, options, cancellationToken);

    /// <summary>Takes hold of a subscription's session that nobody holds.</summary>
    /// <exception cref="ServiceBusException">There was none in the time allowed: <see cref="ServiceBusFailureReason.ServiceTimeout"/>.</exception>
    public virtual Task<ServiceBusSessionReceiver> AcceptNextSessionAsync(
        string topicName,
        string subscriptionName,
        ServiceBusSessionReceiverOptions options = null,
        CancellationToken cancellationToken = default) =>
        SessionAcceptance.NextAsync(this, SubscriptionPath(topicName, subscriptionName), options, cancellationToken);

    /// <summary>Takes hold of one session of a queue.</summary>
    /// <exception cref="ServiceBusException">Somebody else holds it: <see cref="ServiceBusFailureReason.SessionCannotBeLocked"/>.</exception>
    public virtual Task<ServiceBusSessionReceiver> AcceptSessionAsync(
        string queueName,
        string sessionId,
        ServiceBusSessionReceiverOptions options = null,
        CancellationToken cancellationToken = default) =>
        SessionAcceptance.NamedAsync(this, queueName, sessionId, options, cancellationToken);

    /// <summary>Takes hold of one session of a subscription.</summary>
    /// <exception cref="ServiceBusException">Somebody else holds it: <see cref="ServiceBusFailureReason.SessionCannotBeLocked"/>.</exception>
    public virtual Task<ServiceBusSessionReceiver> AcceptSessionAsync(
        string topicName,
        string subscriptionName,
        string sessionId,
        ServiceBusSessionReceiverOptions options = null,
        CancellationToken cancellationToken = default) =>
        SessionAcceptance.NamedAsync(this, SubscriptionPath(topicName, subscriptionName), sessionId, options, cancellationToken);

    /// <summary>Closes the client: what it made can no longer be used.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        GC.SuppressFinalize(this);
    }

    private ServiceBusBroker Namespace => _broker ?? throw new InvalidOperationException(
        "This client was made without a broker, by a subclass. Only what the subclass overrides can be used.");

    internal static string SubscriptionPath(string topicName, string subscriptionName)
    {
        ArgumentException.ThrowIfNullOrEmpty(topicName);
        ArgumentException.ThrowIfNullOrEmpty(subscriptionName);
        return EntityPath.Subscription(topicName, subscriptionName);
    }

    private static InvalidOperationException OnlyFromBroker(string argument) => new(
        $"The local runtime has no network client, so a ServiceBusClient cannot be made from a {argument}. Take the client from "
        + "dependency injection (the local host registers it), or from ServiceBusBroker.CreateClient.");
}
