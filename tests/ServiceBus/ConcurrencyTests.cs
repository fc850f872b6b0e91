using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using EventFunctions.Tests.Support;

namespace EventFunctions.Local.ServiceBus.Tests;

public sealed class ConcurrencyTests
{
    [Fact]
    public async Task Several_processors_handle_every_message_once_while_handlers_fail_and_senders_send()
    {
        const int Senders = 4;
        const int PerSender = 500;
        await using var ns = new TestNamespace(TimeProvider.System);
        var handled = new ConcurrentDictionary<string, int>();
        var failures = 0;
        var processors = Enumerable.Range(0, 3).Select(_ => ns.Client.CreateProcessor(
            "plain", new ServiceBusProcessorOptions { MaxConcurrentCalls = 4 })).ToList();
        foreach (var processor in processors)
        {
            processor.ProcessMessageAsync += args =>
            {
                if (args.Message.DeliveryCount == 1 && args.Message.SequenceNumber % 7 == 0)
                {
                    Interlocked.Increment(ref failures);
                    throw new InvalidDataException("first time fails");
                }

                handled.AddOrUpdate(args.Message.MessageId, 1, (_, n) => n + 1);
                return Task.CompletedTask;
            };
            processor.ProcessErrorAsync += _ => Task.CompletedTask;
            await processor.StartProcessingAsync();
        }

        await Task.WhenAll(Enumerable.Range(0, Senders).Select(s => Task.Run(async () =>
        {
            await using var sender = ns.Client.CreateSender("plain");
            for (var i = 0; i < PerSender; i++)
            {
                await sender.SendMessageAsync(new ServiceBusMessage("x") { MessageId = $"{s}-{i}" });
            }
        })));

        await Eventually.HoldsAsync(() => ns.Broker.GetCounts("plain").Total == 0, "every message is completed");
        foreach (var processor in processors)
        {
            await processor.DisposeAsync();
        }

        Assert.Equal(Senders * PerSender, handled.Count);
        Assert.All(handled.Values, n => Assert.Equal(1, n));
        Assert.Equal(Senders * PerSender / 7, failures);
    }

    [Fact]
    public async Task Several_session_processors_keep_every_sessions_order_and_hold_it_alone()
    {
        const int Sessions = 50;
        const int PerSession = 20;
        await using var ns = new TestNamespace(TimeProvider.System);
        var handled = new ConcurrentDictionary<string, ConcurrentQueue<int>>();
        var inside = new ConcurrentDictionary<string, int>();
        var overlaps = 0;
        var processors = Enumerable.Range(0, 2).Select(_ => ns.Client.CreateSessionProcessor(
            "events",
            "Sessions",
            new ServiceBusSessionProcessorOptions { MaxConcurrentSessions = 5, SessionIdleTimeout = TimeSpan.FromMilliseconds(5) })).ToList();
        foreach (var processor in processors)
        {
            processor.ProcessMessageAsync += async args =>
            {
                if (inside.AddOrUpdate(args.SessionId, 1, (_, n) => n + 1) != 1)
                {
                    Interlocked.Increment(ref overlaps);
                }

                await Task.Yield();
                handled.GetOrAdd(args.SessionId, _ => new()).Enqueue(int.Parse(args.Message.Body.ToString()));
                inside.AddOrUpdate(args.SessionId, 0, (_, n) => n - 1);
            };
            processor.ProcessErrorAsync += _ => Task.CompletedTask;
            await processor.StartProcessingAsync();
        }

        await using var sender = ns.Client.CreateSender("events");
        for (var i = 0; i < PerSession; i++)
        {
            for (var s = 0; s < Sessions; s++)
            {
                await sender.SendMessageAsync(new ServiceBusMessage($"{i}") { SessionId = $"s{s}", MessageId = $"{s}-{i}" });
            }
        }

        await Eventually.HoldsAsync(() => ns.Broker.GetCounts("events", "Sessions").Total == 0, "every message is completed");
        foreach (var processor in processors)
        {
            await processor.DisposeAsync();
        }

        Assert.Equal(Sessions, handled.Count);
        Assert.All(handled.Values, numbers => Assert.Equal(Enumerable.Range(0, PerSession), numbers));
        Assert.Equal(0, overlaps);
        Assert.Equal(Sessions * PerSession, ns.Broker.GetCounts("events", "All").Active);
    }
}
