using Place = EventFunctions.Local.ServiceBus.Tests.Durability.CrashLedger.Place;

namespace EventFunctions.Local.ServiceBus.Tests.Durability;

/// <summary>Sends to a queue or topic and receives from its queues, one request after another, until there is no answer any more.</summary>
/// <param name="target">Where it sends to.</param>
/// <param name="sources">Where it receives from: a queue's ledger, and which numbers come there.</param>
/// <param name="first">The first of its numbers.</param>
/// <param name="random">What it does.</param>
internal sealed class QueueWorker(string target, IReadOnlyList<(string Path, CrashLedger Ledger, Predicate<int> Comes)> sources, int first, Random random)
{
    private readonly List<int> _sent = [];
    private readonly List<(int Number, long Sequence)> _scheduled = [];
    private int _next = first;

    /// <summary>Works until there is no answer.</summary>
    /// <param name="client">The way to the broker.</param>
    /// <param name="acknowledged">Called after each answer.</param>
    public async Task WorkAsync(CrashClient client, Action acknowledged)
    {
        while (true)
        {
            try
            {
                await (random.Next(10) switch
                {
                    < 5 => SendAsync(client),
                    5 => ScheduleAsync(client),
                    6 => CancelAsync(client),
                    _ => ReceiveAsync(client),
                });
            }
            catch (IOException)
            {
                return;
            }

            acknowledged();
        }
    }

    private async Task SendAsync(CrashClient client)
    {
        if (target == CrashProtocol.Unique && _sent.Count > 0 && random.Next(3) == 0)
        {
            // Seen already, whatever has become of it: it is taken, and changes nothing.
            var again = await client.AskAsync(new CrashRequest("send", target) { Numbers = [_sent[random.Next(_sent.Count)]] });
            Assert.True(again.Done, again.Why);
            return;
        }

        var numbers = Enumerable.Range(0, random.Next(1, 4)).Select(_ => _next++).ToList();
        await AskAllAsync(numbers, () => client.AskAsync(new CrashRequest("send", target) { Numbers = numbers }));
        _sent.AddRange(numbers);
    }

    private async Task ScheduleAsync(CrashClient client)
    {
        if (target != CrashProtocol.Queue)
        {
            return;
        }

        var number = _next++;
        var answer = await AskAllAsync([number], () => client.AskAsync(new CrashRequest("schedule", target) { Numbers = [number] }));
        _scheduled.Add((number, answer.Messages[0].Sequence));
    }

    private async Task CancelAsync(CrashClient client)
    {
        if (_scheduled.Count == 0)
        {
            return;
        }

        var (number, sequence) = _scheduled[^1];
        _scheduled.RemoveAt(_scheduled.Count - 1);
        sources[0].Ledger.Ask([number], Place.Gone);
        var answer = await client.AskAsync(new CrashRequest("cancel", target) { Sequence = sequence });
        Assert.True(answer.Done, $"the scheduled message {number} is not there to be cancelled");
        sources[0].Ledger.Acknowledge([number], Place.Gone);
    }

    private async Task ReceiveAsync(CrashClient client)
    {
        var (path, ledger, _) = sources[random.Next(sources.Count)];
        var received = await client.AskAsync(new CrashRequest("receive", path) { Count = random.Next(1, 4) });
        foreach (var message in received.Messages)
        {
            Assert.False(ledger.IsGone(message.Number), $"{path}: message {message.Number} comes back");
            var (what, to) = random.Next(6) switch { 0 => ("dead-letter", Place.Dead), 1 => ("", Place.None), _ => ("complete", Place.Gone) };
            if (what.Length > 0)
            {
                ledger.Ask([message.Number], to);
                if ((await client.AskAsync(new CrashRequest(what, path) { Token = message.Token })).Done)
                {
                    ledger.Acknowledge([message.Number], to);
                }
            }
        }
    }

    private async Task<CrashAnswer> AskAllAsync(List<int> numbers, Func<Task<CrashAnswer>> ask)
    {
        foreach (var (_, ledger, comes) in sources)
        {
            ledger.Ask(numbers.Where(n => comes(n)), Place.Queue);
        }

        var answer = await ask();
        Assert.True(answer.Done, answer.Why);
        foreach (var (_, ledger, comes) in sources)
        {
            ledger.Acknowledge(numbers.Where(n => comes(n)), Place.Queue);
        }

        return answer;
    }
}
