using EventFunctions.Benchmarks.Reporting;
using EventFunctions.Local.ServiceBus;

namespace EventFunctions.Benchmarks.Messaging;

/// <summary>How many messages of 1 KB go through the broker's core: sent, received and completed.</summary>
internal sealed class BrokerThroughput : IBenchmark
{
    private const int EphemeralMessages = 500_000, DurableMessages = 200_000, EphemeralSenders = 4, DurableSenders = 512, ManySessions = 10_000;

    public string Name => "broker";

    public string Description => "Messages of 1 KB sent, received and completed per second, ephemeral and durable: a queue, sessions, subscriptions with filters.";

    public async Task<IReadOnlyList<Figure>> RunAsync(double scale, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("eventfunctions-broker-");
        try
        {
            var figures = new List<Figure>();
            await using (var ephemeral = Brokers.Ephemeral())
            {
                figures.AddRange(await MeasureAsync(ephemeral, "ephemeral", EphemeralSenders, (int)(EphemeralMessages * scale), "100,000", cancellationToken));
            }

            await using (var durable = await Brokers.OpenAsync(folder.FullName, cancellationToken))
            {
                figures.AddRange(await MeasureAsync(durable, "durable", DurableSenders, (int)(DurableMessages * scale), "20,000", cancellationToken));
            }

            return figures;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<IReadOnlyList<Figure>> MeasureAsync(
        ServiceBusBroker broker, string kind, int senders, int messages, string aim, CancellationToken cancellationToken)
    {
        (string What, string Target, IReadOnlyList<string> Sources, int Sessions)[] runs =
        [
            ("a queue", Brokers.Queue, [Brokers.Queue], 0),
            ("one session", Brokers.Sessions, [Brokers.Sessions], 1),
            ("10,000 sessions", Brokers.Sessions, [Brokers.Sessions], ManySessions),
            ("a topic, 1 filtered subscription", Brokers.One, Brokers.SubscriptionsOf(Brokers.One), 0),
            ("a topic, 20 filtered subscriptions", Brokers.Twenty, Brokers.SubscriptionsOf(Brokers.Twenty), 0),
        ];
        var figures = new List<Figure>();
        foreach (var (what, target, sources, sessions) in runs)
        {
            await Traffic.RunAsync(broker, target, sources, senders, Math.Max(senders, messages / 10), sessions, cancellationToken);
            var elapsed = await Traffic.RunAsync(broker, target, sources, senders, messages, sessions, cancellationToken);
            figures.Add(new Figure(Name, $"{kind}: {what}", messages / elapsed.TotalSeconds, "1/s", messages, aim));
        }

        return figures;
    }
}
