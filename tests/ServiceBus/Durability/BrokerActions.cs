using Azure.Messaging.ServiceBus;

namespace EventFunctions.Local.ServiceBus.Tests.Durability;

/// <summary>Does something at random to a broker, and mostly waits until it is safe.</summary>
internal sealed class BrokerActions(Random random)
{
    private readonly List<(string Path, Delivery Delivery, SessionHold? Hold)> _held = [];
    private readonly List<(string Path, SessionHold Hold)> _holds = [];
    private readonly List<(string Path, long Number)> _scheduled = [];
    private readonly List<(string Path, long Number)> _deferred = [];
    private int _sent;

    /// <summary>Makes, changes or deletes entities and rules.</summary>
    /// <returns>What became of it.</returns>
    public async Task<object?> AdministerAsync(EntityCatalogue catalogue)
    {
        var name = $"e{random.Next(4)}";
        var subscription = $"s{random.Next(3)}";
        return random.Next(9) switch
        {
            0 or 1 => (object?)await StartedAsync(catalogue.CreateQueueAsync(Queue(name), default)),
            2 => await StartedAsync(catalogue.UpdateQueueAsync(Queue(name) with { UserMetadata = $"m{random.Next(9)}" }, default)),
            3 => await StartedAsync(catalogue.CreateTopicAsync(new TopicDefinition { Name = name, RequiresDuplicateDetection = random.Next(2) == 0 }, default)),
            4 or 5 => await StartedAsync(catalogue.CreateSubscriptionAsync(name, Subscription(subscription), default)),
            6 => await StartedAsync(catalogue.CreateRuleAsync(name, subscription, Rule(), default)),
            7 => await StartedAsync(catalogue.DeleteRuleAsync(name, subscription, "$Default", default)),
            _ => random.Next(3) switch
            {
                0 => (object?)await StartedAsync(catalogue.DeleteQueueAsync(name, default)),
                1 => await StartedAsync(catalogue.DeleteTopicAsync(name, default)),
                _ => await StartedAsync(catalogue.DeleteSubscriptionAsync(name, subscription, default)),
            },
        };
    }

    /// <summary>Sends, receives, settles, or does something to a session.</summary>
    public async Task DoAsync(EntityCatalogue catalogue, DateTimeOffset now)
    {
        switch (random.Next(10))
        {
            case 0 or 1 or 2 when catalogue.FindTarget($"e{random.Next(4)}") is { } target:
                await SendAsync(target, now);
                break;
            case 3 or 4 when AnyQueue(catalogue) is { } queue:
                await ReceiveAsync(queue);
                break;
            case 5 or 6 when _held.Count > 0:
                await SettleAsync(catalogue);
                break;
            case 7 when _held.Count > 0 && Any(_held) is var held && catalogue.FindQueue(held.Path) is { } queue:
                await StartedAsync(queue.RenewAsync(held.Delivery.LockToken, default));
                break;
            case 8 when _holds.Count > 0 && Any(_holds) is var held && catalogue.FindQueue(held.Path) is { } queue:
                await UseSessionAsync(queue, held.Hold);
                break;
            case 9:
                await CancelOrReceiveDeferredAsync(catalogue);
                break;
        }
    }

    private async Task SendAsync(ISendTarget target, DateTimeOffset now)
    {
        var messages = Enumerable.Range(0, random.Next(1, 4)).Select(_ => new BrokerMessage
        {
            MessageId = random.Next(4) == 0 ? $"{random.Next(_sent + 1)}" : $"{++_sent}",
            SessionId = random.Next(3) == 0 ? null : $"ключ {random.Next(3)}",
            Subject = random.Next(2) == 0 ? "red" : null,
            TimeToLive = random.Next(4) == 0 ? TimeSpan.FromSeconds(random.Next(1, 60)) : TimeSpan.MaxValue,
            ScheduledEnqueueTime = random.Next(4) == 0 ? now + TimeSpan.FromSeconds(random.Next(60)) : null,
            Body = new byte[random.Next(300)],
            Opaque = new byte[random.Next(2)],
            Properties = random.Next(2) == 0 ? BrokerMessage.NoProperties : new Dictionary<string, object>(StringComparer.Ordinal) { ["n"] = random.Next(9), ["at"] = now },
        }).ToArray();
        if (await StartedAsync(target.SendAsync(messages, default)) is SendOutcome.Accepted accepted)
        {
            _scheduled.AddRange(messages.Zip(accepted.SequenceNumbers).Where(m => m.First.ScheduledEnqueueTime > now).Select(m => (target.Path, m.Second)));
        }
    }

    private async Task ReceiveAsync(MessageQueue queue)
    {
        SessionHold? hold = null;
        if (queue.Settings.RequiresSession)
        {
            var accepted = await StartedAsync(random.Next(2) == 0
                ? queue.AcceptSessionAsync($"ключ {random.Next(3)}", default)
                : queue.AcceptNextSessionAsync(TimeSpan.Zero, default));
            if (accepted is AcceptOutcome.Accepted { Hold: var taken })
            {
                _holds.Add((queue.Path, taken));
            }

            hold = _holds.FindLast(h => h.Path == queue.Path).Hold;
            if (hold is null)
            {
                return;
            }
        }

        var request = new ReceiveRequest(random.Next(1, 4), Delete: random.Next(5) == 0);
        if (await StartedAsync(queue.ReceiveAsync(request, hold, TimeSpan.Zero, default)) is ReceiveOutcome.Received received && !request.Delete)
        {
            _held.AddRange(received.Messages.Select(d => (queue.Path, d, hold)));
        }
    }

    private async Task SettleAsync(EntityCatalogue catalogue)
    {
        var held = Any(_held);
        _held.Remove(held);
        var changes = random.Next(2) == 0 ? null : new Dictionary<string, object>(StringComparer.Ordinal) { ["tried"] = random.Next(9) };
        Settlement settlement = random.Next(5) switch
        {
            0 => new Settlement.Abandon(changes),
            1 => new Settlement.Defer(changes),
            2 => new Settlement.DeadLetter("because", null, changes),
            3 => new Settlement.Release(),
            _ => new Settlement.Complete(),
        };
        if (catalogue.FindQueue(held.Path) is { } queue
            && await StartedAsync(queue.SettleAsync(held.Delivery.LockToken, settlement, held.Hold, default)) is LockOutcome.Done && settlement is Settlement.Defer)
        {
            _deferred.Add((held.Path, held.Delivery.SequenceNumber));
        }
    }

    private async Task UseSessionAsync(MessageQueue queue, SessionHold hold) => _ = random.Next(4) switch
    {
        0 => await StartedAsync(queue.RenewSessionAsync(hold, default)),
        1 => await StartedAsync(queue.ReleaseSessionAsync(hold, default)),
        2 => await StartedAsync(queue.SetSessionStateAsync(hold, null, default)),
        _ => await StartedAsync(queue.SetSessionStateAsync(hold, new byte[random.Next(9)], default)),
    };

    private async Task CancelOrReceiveDeferredAsync(EntityCatalogue catalogue)
    {
        if (random.Next(2) == 0 && _scheduled.Count > 0 && Any(_scheduled) is var scheduled && catalogue.FindTarget(scheduled.Path) is { } target)
        {
            await StartedAsync(target.CancelScheduledAsync([scheduled.Number], default));
        }
        else if (_deferred.Count > 0 && Any(_deferred) is var deferred && catalogue.FindQueue(deferred.Path) is { } queue
            && await StartedAsync(queue.ReceiveDeferredAsync([deferred.Number], delete: false, null, default)) is ReceiveOutcome.Received received)
        {
            _held.AddRange(received.Messages.Select(d => (queue.Path, d, (SessionHold?)null)));
        }
    }

    private QueueDefinition Queue(string name) => new()
    {
        Name = name,
        RequiresSession = name == "e1",
        RequiresDuplicateDetection = name == "e2",
        DuplicateDetectionHistoryTimeWindow = TimeSpan.FromSeconds(random.Next(20, 60)),
        LockDuration = TimeSpan.FromSeconds(random.Next(5, 60)),
        MaxDeliveryCount = random.Next(1, 4),
        DeadLetteringOnMessageExpiration = random.Next(2) == 0,
    };

    private SubscriptionDefinition Subscription(string name) => new()
    {
        Name = name,
        RequiresSession = name == "s1",
        MaxDeliveryCount = random.Next(1, 4),
        DefaultMessageTimeToLive = TimeSpan.FromSeconds(random.Next(1, 100)),
        Rules = random.Next(2) == 0 ? [new RuleDefinition("$Default", new FilterDefinition.Sql("1=1"))] : [Rule()],
    };

    private RuleDefinition Rule() => random.Next(3) switch
    {
        0 => new RuleDefinition("red", new FilterDefinition.Correlation(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["label"] = "red" }, BrokerMessage.NoProperties)),
        1 => new RuleDefinition("even", new FilterDefinition.Sql(
            "n % 2 = @r", new Dictionary<string, object>(StringComparer.Ordinal) { ["@r"] = random.Next(2) })),
        _ => new RuleDefinition("marked", new FilterDefinition.Sql("1=1"), new ActionDefinition("SET sys.Label = 'seen'; SET n = n + 1")),
    };

    private MessageQueue? AnyQueue(EntityCatalogue catalogue)
    {
        var path = random.Next(2) == 0 ? $"e{random.Next(4)}" : EntityPath.Subscription($"e{random.Next(4)}", $"s{random.Next(3)}");
        return catalogue.FindQueue(random.Next(5) == 0 ? path + EntityPath.DeadLetterSuffix : path);
    }

    private T Any<T>(List<T> list) => list[random.Next(list.Count)];

    /// <summary>What became of it; none if nobody waits for it, or if it has failed with the disk.</summary>
    private async Task<T?> StartedAsync<T>(ValueTask<T> task)
        where T : class
    {
        if (random.Next(4) == 0)
        {
            _ = task.AsTask().ContinueWith(static t => t.Exception, TaskScheduler.Default);
            return null;
        }

        try
        {
            return await task;
        }
        catch (ServiceBusException failed) when (failed.InnerException is IOException)
        {
            return null;
        }
    }
}
