using EventFunctions.Local.Journal;
using EventFunctions.Local.Journal.Files;
using EventFunctions.Local.ServiceBus;

namespace EventFunctions.Benchmarks.Messaging;

/// <summary>The brokers that are measured, and what is sent to them.</summary>
internal static class Brokers
{
    public const string Queue = "queue", Sessions = "sessions", One = "one", Twenty = "twenty";

    private const int BodyBytes = 1024, Subscriptions = 20;

    private static readonly byte[] Body = new byte[BodyBytes];

    /// <summary>One whose messages live as long as it does.</summary>
    public static ServiceBusBroker Ephemeral() => new(Topology(), TimeProvider.System);

    /// <summary>One that is kept in a folder.</summary>
    public static Task<ServiceBusBroker> OpenAsync(string folder, CancellationToken cancellationToken) =>
        ServiceBusBroker.OpenAsync(Topology(), TimeProvider.System, DiskFolder.Open(folder), new JournalOptions(), null, cancellationToken);

    /// <summary>The subscriptions of a topic, each of which takes one label.</summary>
    public static IReadOnlyList<string> SubscriptionsOf(string topic) =>
        [.. Enumerable.Range(0, topic == One ? 1 : Subscriptions).Select(i => EntityPath.Subscription(topic, $"s{i}"))];

    /// <summary>A message of 1 KB, of which every subscription takes one in twenty.</summary>
    public static BrokerMessage Message(long number, string? session = null) => new()
    {
        MessageId = Guid.NewGuid().ToString(),
        SessionId = session,
        Subject = $"{number % Subscriptions}",
        Body = Body.ToArray(),
    };

    private static MessagingTopology Topology()
    {
        const int megabytes = 10_240;
        return new MessagingTopology(
            [.. new[] { (One, 1), (Twenty, Subscriptions) }.Select(t => new TopicDefinition
            {
                Name = t.Item1,
                MaxSizeInMegabytes = megabytes,
                Subscriptions = [.. Enumerable.Range(0, t.Item2).Select(i => new SubscriptionDefinition
                {
                    Name = $"s{i}",
                    LockDuration = TimeSpan.FromMinutes(5),
                    Rules = [new RuleDefinition("r", new FilterDefinition.Sql(t.Item2 == 1 ? "sys.Label IS NOT NULL" : $"sys.Label = '{i}'"))],
                })],
            })],
            [
                new QueueDefinition { Name = Queue, MaxSizeInMegabytes = megabytes, LockDuration = TimeSpan.FromMinutes(5) },
                new QueueDefinition { Name = Sessions, MaxSizeInMegabytes = megabytes, LockDuration = TimeSpan.FromMinutes(5), RequiresSession = true },
            ]);
    }
}
