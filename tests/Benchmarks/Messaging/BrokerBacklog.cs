using EventFunctions.Benchmarks.Reporting;
using EventFunctions.Local.ServiceBus;

namespace EventFunctions.Benchmarks.Messaging;

/// <summary>Whether messages cost the same whatever waits before them, and what a waiting one takes.</summary>
internal sealed class BrokerBacklog : IBenchmark
{
    private const int MessagesPerStep = 200_000, Senders = 4;
    private static readonly int[] Backlogs = [0, 10_000, 100_000, 1_000_000];

    public string Name => "broker-backlog";

    public string Description => "Messages sent, received and completed per second with up to 1,000,000 others waiting; the memory of a waiting one; opening with them.";

    public async Task<IReadOnlyList<Figure>> RunAsync(double scale, CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        await using (var broker = Brokers.Ephemeral())
        {
            var waiting = 0;
            await Traffic.PassAsync(broker.FindQueue(Brokers.Queue)!, Senders, (int)(MessagesPerStep * scale)); // until the code is compiled as it will be
            foreach (var backlog in Backlogs.Select(b => (int)(b * scale)))
            {
                var before = GC.GetTotalMemory(forceFullCollection: true);
                await Traffic.SendAsync(broker.FindTarget(Brokers.Queue)!, Senders, backlog - waiting, sessions: 0);
                var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
                if (backlog == (int)(Backlogs[^1] * scale))
                {
                    figures.Add(new Figure(Name, "memory of a waiting message of 1 KB", memory / (double)(backlog - waiting), "bytes", backlog - waiting, "below 2,048"));
                }

                waiting = backlog;

                figures.AddRange(await PassAsync(broker, backlog, (int)(MessagesPerStep * scale)));
            }
        }

        figures.Add(await OpenAsync(scale, cancellationToken));
        return figures;
    }

    /// <summary>
    /// Sends, receives and completes, in turn: what is received are the oldest, and as many come as go. Senders and receivers that do not
    /// wait for each other would measure something else: how much faster the backlog is emptied than filled.
    /// </summary>
    private async Task<IReadOnlyList<Figure>> PassAsync(ServiceBusBroker broker, int waiting, int messages)
    {
        var (began, paused, used) = (TimeProvider.System.GetTimestamp(), GC.GetTotalPauseDuration(), Environment.CpuUsage.TotalTime);
        await Traffic.PassAsync(broker.FindQueue(Brokers.Queue)!, Senders, messages);
        var elapsed = TimeProvider.System.GetElapsedTime(began);
        paused = GC.GetTotalPauseDuration() - paused;
        used = Environment.CpuUsage.TotalTime - used;
        return
        [
            new Figure(Name, $"messages with {waiting:N0} waiting", messages / elapsed.TotalSeconds, "1/s", messages, "flat"),
            new Figure(Name, $"processor time of one with {waiting:N0} waiting", used.TotalMicroseconds / messages, "µs", messages, "flat"),
            new Figure(Name, $"of it stopped for the garbage collector with {waiting:N0} waiting", paused.TotalMicroseconds / messages, "µs", messages),
        ];
    }

    private async Task<Figure> OpenAsync(double scale, CancellationToken cancellationToken)
    {
        const int durableSenders = 512;
        var messages = (int)(MessagesPerStep * scale);
        var folder = Directory.CreateTempSubdirectory("eventfunctions-broker-");
        try
        {
            await using (var broker = await Brokers.OpenAsync(folder.FullName, cancellationToken))
            {
                await Traffic.SendAsync(broker.FindTarget(Brokers.Queue)!, durableSenders, messages, sessions: 0);
            }

            var began = TimeProvider.System.GetTimestamp();
            await using var again = await Brokers.OpenAsync(folder.FullName, cancellationToken);
            var elapsed = TimeProvider.System.GetElapsedTime(began);
            return again.GetCounts(Brokers.Queue).Active == messages
                ? new Figure(Name, $"open with {messages:N0} messages of 1 KB", elapsed.TotalMilliseconds, "ms", 1)
                : throw new InvalidOperationException($"{again.GetCounts(Brokers.Queue).Active} of {messages} messages came back.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
