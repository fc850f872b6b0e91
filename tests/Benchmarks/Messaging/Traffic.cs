using EventFunctions.Local.ServiceBus;

namespace EventFunctions.Benchmarks.Messaging;

/// <summary>Sends, receives and completes; every message is counted at both ends.</summary>
internal static class Traffic
{
    private const int ReceivedAtOnce = 32;

    /// <summary>Sends a number of messages, one after another from each sender, while they are received and completed.</summary>
    /// <param name="broker">Where.</param>
    /// <param name="target">Where they are sent to.</param>
    /// <param name="sources">Where they are received from.</param>
    /// <param name="senders">How many send at once, and how many receive.</param>
    /// <param name="messages">How many are sent, and completed.</param>
    /// <param name="sessions">How many sessions they are of; 0 where there are none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How long it took until the last one was completed.</returns>
    public static async Task<TimeSpan> RunAsync(
        ServiceBusBroker broker, string target, IReadOnlyList<string> sources, int senders, int messages, int sessions, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var completed = 0;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var began = TimeProvider.System.GetTimestamp();
        var receivers = sources.SelectMany(path => Enumerable.Range(0, Math.Max(1, senders / sources.Count)).Select(_ => Task.Run(
            () => sessions == 0 ? ReceiveAsync(broker.FindQueue(path)!, Count, stop.Token) : ReceiveSessionsAsync(broker.FindQueue(path)!, Count, stop.Token),
            CancellationToken.None))).ToList();
        await SendAsync(broker.FindTarget(target)!, senders, messages, sessions);
        await done.Task.WaitAsync(cancellationToken);
        var elapsed = TimeProvider.System.GetElapsedTime(began);
        await stop.CancelAsync();
        await Task.WhenAll(receivers);
        return elapsed;

        void Count()
        {
            if (Interlocked.Increment(ref completed) == messages)
            {
                done.SetResult();
            }
        }
    }

    /// <summary>Sends messages, and receives and completes as many, in turn.</summary>
    /// <param name="queue">Where.</param>
    /// <param name="workers">How many do so at once.</param>
    /// <param name="messages">How many all of them together do.</param>
    public static Task PassAsync(MessageQueue queue, int workers, int messages) => Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
    {
        var mine = (messages / workers) + (worker < messages % workers ? 1 : 0);
        for (var (done, turn) = (0, 0); done < mine; done += turn)
        {
            turn = Math.Min(ReceivedAtOnce, mine - done);
            await SendAsync(queue, senders: 1, turn, sessions: 0);
            for (var left = turn; left > 0;)
            {
                var received = await queue.ReceiveAsync(new ReceiveRequest(left, Delete: false), null, TimeSpan.FromMinutes(1), CancellationToken.None);
                if (!await CompleteAsync(queue, received, null, () => left--))
                {
                    throw new InvalidOperationException($"{left} messages are to come, and do not: {received}.");
                }
            }
        }
    })));

    /// <summary>Sends a number of messages, one after another from each sender.</summary>
    public static async Task SendAsync(ISendTarget target, int senders, int messages, int sessions)
    {
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, senders).Select(_ => Task.Run(async () =>
        {
            for (var i = Interlocked.Increment(ref next) - 1; i < messages; i = Interlocked.Increment(ref next) - 1)
            {
                var outcome = await target.SendAsync([Brokers.Message(i, sessions == 0 ? null : $"s{i % sessions}")], CancellationToken.None);
                if (outcome is not SendOutcome.Accepted)
                {
                    throw new InvalidOperationException($"A message was not accepted: {outcome}.");
                }
            }
        })));
    }

    private static async Task ReceiveAsync(MessageQueue queue, Action completed, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await CompleteAsync(queue, await queue.ReceiveAsync(new ReceiveRequest(ReceivedAtOnce, Delete: false), null, TimeSpan.FromMinutes(1), stop), null, completed);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // All were received.
        }
    }

    private static async Task ReceiveSessionsAsync(MessageQueue queue, Action completed, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                if (await queue.AcceptNextSessionAsync(TimeSpan.FromMinutes(1), stop) is AcceptOutcome.Accepted { Hold: var hold })
                {
                    try
                    {
                        while (await CompleteAsync(
                            queue, await queue.ReceiveAsync(new ReceiveRequest(ReceivedAtOnce, Delete: false), hold, TimeSpan.Zero, stop), hold, completed))
                        {
                        }
                    }
                    finally
                    {
                        // Also where it is stopped: a session that stays held would keep its messages from the next run.
                        await queue.ReleaseSessionAsync(hold, CancellationToken.None);
                    }
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // All were received.
        }
    }

    /// <returns>Whether there was something to complete.</returns>
    private static async Task<bool> CompleteAsync(MessageQueue queue, ReceiveOutcome received, SessionHold? hold, Action completed)
    {
        if (received is not ReceiveOutcome.Received { Messages: { Count: > 0 } messages })
        {
            return false;
        }

        var settling = new List<Task<LockOutcome>>(messages.Count);
        foreach (var message in messages)
        {
            settling.Add(queue.SettleAsync(message.LockToken, new Settlement.Complete(), hold, CancellationToken.None).AsTask());
        }

        foreach (var outcome in await Task.WhenAll(settling))
        {
            if (outcome is not LockOutcome.Done)
            {
                throw new InvalidOperationException($"A message was not completed: {outcome}.");
            }

            completed();
        }

        return true;
    }
}
