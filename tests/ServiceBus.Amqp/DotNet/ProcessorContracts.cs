using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using static EventFunctions.ServiceBusContract.Entities;

namespace EventFunctions.ServiceBusContract;

/// <summary>What listens in a Functions host: processors, with and without sessions.</summary>
internal static class ProcessorContracts
{
    public static void Add(Contracts contracts, Entities entities)
    {
        var client = entities.Client;
        contracts.Add("A processor gets every message once, several at a time", async () =>
        {
            var name = entities.Queue();
            await using var processor = client.CreateProcessor(name, new ServiceBusProcessorOptions { MaxConcurrentCalls = 16, PrefetchCount = 20 });
            var seen = new Seen(300);
            processor.ProcessMessageAsync += args => seen.AddAsync(Body(args.Message));
            processor.ProcessErrorAsync += args => seen.FailAsync(args.Exception);
            await entities.SendAsync(name, 150);
            await processor.StartProcessingAsync();
            await entities.SendAsync(name, 150, from: 151);
            await seen.AllAsync();
            await processor.StopProcessingAsync();
            Check.Same([], seen.NotOnce);
            await entities.IsEmptyAsync(name);
        });

        contracts.Add("A processor that fails gets the message again, until it is a dead letter", async () =>
        {
            var name = entities.Queue();
            await entities.SendAsync(name, 1);
            var counts = new ConcurrentQueue<int>();
            var done = new TaskCompletionSource();
            await using var processor = client.CreateProcessor(name);
            processor.ProcessMessageAsync += args =>
            {
                counts.Enqueue(args.Message.DeliveryCount);
                if (counts.Count == 10)
                {
                    done.SetResult();
                }

                throw new InvalidOperationException("not today");
            };
            processor.ProcessErrorAsync += _ => Task.CompletedTask;
            await processor.StartProcessingAsync();
            await done.Task;
            await using var dead = client.CreateReceiver(name, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
            Check.Equal("MaxDeliveryCountExceeded", (await ReceiveAsync(dead, 1))[0].DeadLetterReason);
            await processor.StopProcessingAsync();
            Check.Same(Enumerable.Range(1, 10), counts);
            await entities.IsEmptyAsync(name);
        });

        contracts.Add("A session processor keeps the order of every session, many at a time", async () =>
        {
            var name = entities.SessionQueue();
            await using var processor = client.CreateSessionProcessor(
                name, new ServiceBusSessionProcessorOptions { MaxConcurrentSessions = 8, SessionIdleTimeout = TimeSpan.FromMilliseconds(300) });
            var seen = new Seen(400);
            var order = new ConcurrentDictionary<string, List<int>>();
            processor.ProcessMessageAsync += args =>
            {
                order.GetOrAdd(args.SessionId, _ => []).Add(int.Parse(Body(args.Message)));
                return seen.AddAsync(Body(args.Message));
            };
            processor.ProcessErrorAsync += args => args.Exception is ServiceBusException { Reason: ServiceBusFailureReason.SessionLockLost or ServiceBusFailureReason.ServiceTimeout }
                ? Task.CompletedTask
                : seen.FailAsync(args.Exception);
            await entities.SendAsync(name, 200, i => $"s-{i % 20}");
            await processor.StartProcessingAsync();
            await entities.SendAsync(name, 200, i => $"s-{i % 20}", from: 201);
            await seen.AllAsync();
            await processor.StopProcessingAsync();
            Check.Same([], seen.NotOnce);
            Check.Equal(20, order.Count);
            Check.That(order.Values.All(list => list.SequenceEqual(list.Order())));
        });

        contracts.Add("A session processor that settles itself, with state, as the trigger of a function does", async () =>
        {
            var name = entities.SessionQueue();
            await using var processor = client.CreateSessionProcessor(name, new ServiceBusSessionProcessorOptions { AutoCompleteMessages = false, MaxConcurrentSessions = 4 });
            var seen = new Seen(40);
            processor.ProcessMessageAsync += async args =>
            {
                var before = await args.GetSessionStateAsync();
                var count = before is null ? 0 : int.Parse(before.ToString());
                await args.SetSessionStateAsync(BinaryData.FromString($"{count + 1}"));
                await args.CompleteMessageAsync(args.Message);
                await seen.AddAsync(Body(args.Message));
            };
            processor.ProcessErrorAsync += args => seen.FailAsync(args.Exception);
            await entities.SendAsync(name, 40, i => $"s-{i % 4}");
            await processor.StartProcessingAsync();
            await seen.AllAsync();
            await processor.CloseAsync();
            await using var session = await client.AcceptSessionAsync(name, "s-1");
            Check.Equal("10", (await session.GetSessionStateAsync()).ToString());
            Check.Same([], (await session.PeekMessagesAsync(5)).Select(Body));
        });
    }

    private sealed class Seen(int expected)
    {
        private readonly ConcurrentDictionary<string, int> _times = new();
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IEnumerable<string> NotOnce => _times.Where(pair => pair.Value != 1).Select(pair => $"{pair.Key}: {pair.Value}");

        public Task AddAsync(string body)
        {
            _times.AddOrUpdate(body, 1, (_, times) => times + 1);
            if (_times.Count == expected)
            {
                _all.TrySetResult();
            }

            return Task.CompletedTask;
        }

        public Task FailAsync(Exception exception)
        {
            _all.TrySetException(exception);
            return Task.CompletedTask;
        }

        public Task AllAsync() => _all.Task;
    }
}
