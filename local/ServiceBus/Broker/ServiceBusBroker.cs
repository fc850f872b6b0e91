using Azure.Messaging.ServiceBus;
using EventFunctions.Local.Journal;
using EventFunctions.Local.Journal.Files;
using EventFunctions.Local.ServiceBus.Durability;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Local.ServiceBus;

/// <summary>
/// A Service Bus namespace inside this process: queues, topics and subscriptions with the service's semantics. Safe for any number
/// of threads.
/// </summary>
public sealed class ServiceBusBroker : IAsyncDisposable
{
    private readonly BrokerJournal? _journal;

    /// <summary>Opens a broker with the entities of a topology; messages live as long as it does.</summary>
    public ServiceBusBroker(MessagingTopology topology, TimeProvider timeProvider)
        : this(topology, timeProvider, new VolatileLog())
    {
    }

    internal ServiceBusBroker(MessagingTopology topology, TimeProvider timeProvider, IBrokerLog log)
    {
        ArgumentNullException.ThrowIfNull(topology);
        ArgumentNullException.ThrowIfNull(timeProvider);
        TimeProvider = timeProvider;
        Catalogue = new EntityCatalogue(log, timeProvider);
        Catalogue.Declare(topology);
    }

    private ServiceBusBroker(BrokerJournal journal, TimeProvider timeProvider)
    {
        _journal = journal;
        TimeProvider = timeProvider;
        Catalogue = journal.Catalogue;
    }

    internal TimeProvider TimeProvider { get; }

    /// <summary>Its entities, and what the administration does to them.</summary>
    internal EntityCatalogue Catalogue { get; }

    /// <summary>
    /// Opens a broker whose state is kept in a folder, with what it has. What was acknowledged is there after any crash; locks go on, with
    /// their tokens, until they end by the clock.
    /// </summary>
    /// <param name="topology">Its entities: new ones are added, changed settings and rules taken, on what was there before.</param>
    /// <param name="timeProvider">Tells the time.</param>
    /// <param name="folder">Made if there is none; it is one broker's at a time.</param>
    /// <param name="loggerFactory">Gets what nobody else can be told; none for nobody.</param>
    /// <param name="releaseLocks">
    /// Whether all locks end now, where everyone who held one was in the process that is gone; a receiver that may be alive keeps its locks.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MessagingTopologyException">The topology can't be taken on while there are messages; the message says which and where.</exception>
    /// <exception cref="JournalUnreadableException">What is in the folder is damaged, of another version, or no broker's.</exception>
    /// <exception cref="JournalInUseException">Another broker has the folder open.</exception>
    /// <exception cref="IOException">The disk can't be read or written.</exception>
    /// <exception cref="ServiceBusException">The disk failed while the topology was taken on.</exception>
    public static Task<ServiceBusBroker> OpenAsync(
        MessagingTopology topology,
        TimeProvider timeProvider,
        string folder,
        ILoggerFactory? loggerFactory = null,
        bool releaseLocks = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return OpenAsync(topology, timeProvider, DiskFolder.Open(folder), new JournalOptions(), loggerFactory, cancellationToken, releaseLocks);
    }

    internal static async Task<ServiceBusBroker> OpenAsync(
        MessagingTopology topology,
        TimeProvider timeProvider,
        IJournalFolder folder,
        JournalOptions options,
        ILoggerFactory? loggerFactory,
        CancellationToken cancellationToken,
        bool releaseLocks = false)
    {
        ArgumentNullException.ThrowIfNull(topology);
        ArgumentNullException.ThrowIfNull(timeProvider);
        var logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<ServiceBusBroker>();
        var broker = new ServiceBusBroker(await BrokerJournal.OpenAsync(folder, options, timeProvider, logger, cancellationToken), timeProvider);
        try
        {
            broker.Catalogue.Declare(topology);
            broker.Catalogue.Resume(releaseLocks);
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client of this broker. Clients share nothing but the broker; disposing of one leaves the others alone.</summary>
    public ServiceBusClient CreateClient(ServiceBusClientOptions? options = null) => new(this, options);

    /// <summary>How many messages a subscription has.</summary>
    /// <exception cref="ArgumentException">There is no such subscription.</exception>
    public SubscriptionCounts GetCounts(string topicName, string subscriptionName) =>
        GetCounts(EntityPath.Subscription(topicName, subscriptionName));

    /// <summary>How many messages a queue has.</summary>
    /// <exception cref="ArgumentException">There is no such queue.</exception>
    public SubscriptionCounts GetCounts(string queueName) => FindQueue(queueName)?.Counts()
        ?? throw new ArgumentException($"There is no '{queueName}'.", nameof(queueName));

    /// <summary>
    /// Stops the broker's clock work, and puts on the disk what was done. Receivers that still wait are not woken; stop them first.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        Catalogue.Dispose();
        if (_journal is not null)
        {
            await _journal.DisposeAsync();
        }
    }

    /// <summary>Writes all that it holds into a snapshot now, and not when its log has grown. It is kept in a folder.</summary>
    internal Task CompactAsync(CancellationToken cancellationToken) =>
        (_journal ?? throw new InvalidOperationException("The broker is not kept in a folder.")).CompactAsync(cancellationToken);

    internal ISendTarget? FindTarget(string path) => Catalogue.FindTarget(path);

    internal MessageQueue? FindQueue(string path) => Catalogue.FindQueue(path);
}
