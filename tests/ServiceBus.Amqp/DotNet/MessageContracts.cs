using Azure.Core.Amqp;
using Azure.Messaging.ServiceBus;
using static EventFunctions.ServiceBusContract.Entities;

namespace EventFunctions.ServiceBusContract;

/// <summary>Sending, receiving and settling, as the Functions extension's input and output does it.</summary>
internal static class MessageContracts
{
    public static void Add(Contracts contracts, Entities entities)
    {
        var client = entities.Client;
        contracts.Add("A message comes with all it was sent with", async () =>
        {
            var name = entities.Queue();
            var when = new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);
            var sent = new ServiceBusMessage("body")
            {
                MessageId = "m",
                CorrelationId = "c",
                Subject = "s",
                To = "t",
                ReplyTo = "r",
                ContentType = "text/plain",
                ReplyToSessionId = "rs",
                PartitionKey = "p",
                TimeToLive = TimeSpan.FromDays(90),
                ApplicationProperties =
                {
                    ["text"] = "Ω", ["int"] = 42, ["long"] = long.MaxValue, ["double"] = 1.5, ["float"] = 2.5f, ["decimal"] = 12.3400m, ["bool"] = true,
                    ["guid"] = Guid.Parse("11112222-3333-4444-5555-666677778888"), ["when"] = when, ["utc"] = when.UtcDateTime, ["span"] = TimeSpan.FromMinutes(3),
                    ["uri"] = new Uri("http://example.com/x"), ["char"] = 'ü', ["short"] = (short)-3, ["byte"] = (byte)200, ["sbyte"] = (sbyte)-100,
                    ["uint"] = uint.MaxValue, ["ulong"] = ulong.MaxValue, ["ushort"] = ushort.MaxValue, ["null"] = null!,
                },
            };
            await using var sender = client.CreateSender(name);
            await sender.SendMessageAsync(sent);
            await using var receiver = client.CreateReceiver(name);
            var got = (await ReceiveAsync(receiver, 1)).Single();
            Check.Equal("body", Body(got));
            Check.Same(
                [sent.MessageId, sent.CorrelationId, sent.Subject, sent.To, sent.ReplyTo, sent.ContentType, sent.ReplyToSessionId, sent.PartitionKey, $"{sent.TimeToLive}"],
                [got.MessageId, got.CorrelationId, got.Subject, got.To, got.ReplyTo, got.ContentType, got.ReplyToSessionId, got.PartitionKey, $"{got.TimeToLive}"]);
            foreach (var (key, value) in sent.ApplicationProperties)
            {
                Check.Equal(value, got.ApplicationProperties[key], key);
            }

            Check.Equal(1L, got.SequenceNumber);
            Check.Equal(1, got.DeliveryCount);
            Check.Equal(got.EnqueuedTime + sent.TimeToLive, got.ExpiresAt);
            Check.Equal(ServiceBusMessageState.Active, got.State);
            Check.That(Guid.TryParse(got.LockToken, out _));
            await entities.IsEmptyAsync(name);
        });

        contracts.Add("Bodies of every kind come back as they were sent", async () =>
        {
            var name = entities.Queue();
            await using var sender = client.CreateSender(name);
            var value = new ServiceBusMessage();
            value.GetRawAmqpMessage().Body = AmqpMessageBody.FromValue("a value");
            value.GetRawAmqpMessage().Footer["f"] = "kept";
            value.GetRawAmqpMessage().Header.Priority = 3;
            var sequence = new ServiceBusMessage();
            sequence.GetRawAmqpMessage().Body = AmqpMessageBody.FromSequence([new List<object> { 1, "two" }, new List<object> { 3L }]);
            var parts = new ServiceBusMessage();
            parts.GetRawAmqpMessage().Body = AmqpMessageBody.FromData([new byte[] { 1 }, new byte[] { 2, 3 }]);
            await sender.SendMessageAsync(value);
            await sender.SendMessageAsync(sequence);
            await sender.SendMessageAsync(parts);
            await using var receiver = client.CreateReceiver(name);
            var got = (await ReceiveAsync(receiver, 3)).Select(m => m.GetRawAmqpMessage()).ToList();
            Check.That(got[0].Body.TryGetValue(out object text) && $"{text}" == "a value");
            Check.Equal("kept", (string)got[0].Footer["f"]);
            Check.Equal((byte)3, got[0].Header.Priority!.Value);
            Check.That(got[1].Body.TryGetSequence(out var lists));
            Check.Same(["1", "two", "3"], lists!.SelectMany(list => list).Select(item => $"{item}"));
            got[2].Body.TryGetData(out var data);
            Check.Same([1, 2, 3], data!.SelectMany(part => part.ToArray()).Select(b => (int)b));
        });

        contracts.Add("A batch is taken in whole, in its order, and ends where the entity does", async () =>
        {
            var name = entities.Queue();
            await using var sender = client.CreateSender(name);
            using var batch = await sender.CreateMessageBatchAsync();
            Check.Equal(256L * 1024, batch.MaxSizeInBytes);
            var count = 0;
            while (batch.TryAddMessage(new ServiceBusMessage($"{count + 1}".PadRight(1000))))
            {
                count++;
            }

            Check.That(count > 200);
            await sender.SendMessagesAsync(batch);
            await Check.FailsAsync(ServiceBusFailureReason.MessageSizeExceeded, () => sender.SendMessageAsync(new ServiceBusMessage(new byte[300_000])));
            await using var receiver = client.CreateReceiver(name, new ServiceBusReceiverOptions { PrefetchCount = 50 });
            Check.Same(Numbers(count), (await ReceiveAsync(receiver, count)).Select(m => Body(m).Trim()));
            await entities.IsEmptyAsync(name);
        });

        contracts.Add("A large message comes in many frames both ways", async () =>
        {
            var body = new byte[900_000];
            new Random(1).NextBytes(body);
            await using var sender = client.CreateSender("large");
            await sender.SendMessageAsync(new ServiceBusMessage(body));
            await using var receiver = client.CreateReceiver("large");
            Check.That((await ReceiveAsync(receiver, 1))[0].Body.ToArray().AsSpan().SequenceEqual(body));
        });

        contracts.Add("Every settlement does what it says", async () =>
        {
            var name = entities.Queue();
            await entities.SendAsync(name, 4);
            await using var receiver = client.CreateReceiver(name);
            var got = await ReceiveAsync(receiver, 4, _ => Task.CompletedTask);
            await receiver.CompleteMessageAsync(got[0]);
            await receiver.AbandonMessageAsync(got[1], new Dictionary<string, object> { ["tries"] = 1 });
            await receiver.DeferMessageAsync(got[2], new Dictionary<string, object> { ["deferred"] = true });
            await receiver.DeadLetterMessageAsync(got[3], new Dictionary<string, object> { ["extra"] = "x" }, "reason", "description");
            var abandoned = (await ReceiveAsync(receiver, 1)).Single();
            Check.Equal(2, abandoned.DeliveryCount);
            Check.Equal(1, (int)abandoned.ApplicationProperties["tries"]);
            var deferred = await receiver.ReceiveDeferredMessageAsync(got[2].SequenceNumber);
            Check.That((bool)deferred.ApplicationProperties["deferred"]);
            Check.Equal(ServiceBusMessageState.Deferred, deferred.State);
            await receiver.CompleteMessageAsync(deferred);
            await Check.FailsAsync(ServiceBusFailureReason.MessageNotFound, () => receiver.ReceiveDeferredMessageAsync(got[2].SequenceNumber));
            await using var dead = client.CreateReceiver(name, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
            var letter = (await ReceiveAsync(dead, 1)).Single();
            Check.Same(["reason", "description", "x", name], [letter.DeadLetterReason, letter.DeadLetterErrorDescription, letter.ApplicationProperties["extra"], letter.DeadLetterSource]);
            await entities.IsEmptyAsync(name);
        });

        contracts.Add("A message is settled by its lock, whichever receiver had it", async () =>
        {
            var name = entities.Queue();
            await entities.SendAsync(name, 2);
            await using var first = client.CreateReceiver(name);
            var got = await ReceiveAsync(first, 2, _ => Task.CompletedTask);
            await using var other = client.CreateReceiver(name);
            await other.CompleteMessageAsync(got[0]);
            await first.CloseAsync();
            await other.CompleteMessageAsync(got[1]);
            await entities.IsEmptyAsync(name);
        });

        contracts.Add("A lock is renewed, and lost once the message is settled", async () =>
        {
            var name = entities.Queue();
            await entities.SendAsync(name, 1);
            await using var receiver = client.CreateReceiver(name);
            var message = (await ReceiveAsync(receiver, 1, _ => Task.CompletedTask)).Single();
            var until = message.LockedUntil;
            await Task.Delay(20);
            await receiver.RenewMessageLockAsync(message);
            Check.That(message.LockedUntil > until);
            await receiver.CompleteMessageAsync(message);
            await Check.FailsAsync(ServiceBusFailureReason.MessageLockLost, () => receiver.RenewMessageLockAsync(message));
            await Check.FailsAsync(ServiceBusFailureReason.MessageLockLost, () => receiver.CompleteMessageAsync(message));
        });

        contracts.Add("What is received to be deleted is gone", async () =>
        {
            var name = entities.Queue();
            await entities.SendAsync(name, 30);
            await using var receiver = client.CreateReceiver(name, new ServiceBusReceiverOptions { ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete });
            Check.Same(Numbers(30), (await ReceiveAsync(receiver, 30, _ => Task.CompletedTask)).Select(Body));
            await entities.IsEmptyAsync(name);
        });

        contracts.Add("What is scheduled can be peeked and taken back, and comes in its time", async () =>
        {
            var name = entities.Queue();
            await using var sender = client.CreateSender(name);
            var far = await sender.ScheduleMessagesAsync([new ServiceBusMessage("a"), new ServiceBusMessage("b")], DateTimeOffset.UtcNow.AddHours(1));
            var soon = await sender.ScheduleMessageAsync(new ServiceBusMessage("soon"), DateTimeOffset.UtcNow.AddMilliseconds(300));
            await using var receiver = client.CreateReceiver(name);
            var peeked = await receiver.PeekMessagesAsync(10);
            Check.Same(["a", "b", "soon"], peeked.Select(Body).Order());
            Check.That(peeked.All(m => m.State == ServiceBusMessageState.Scheduled));
            await sender.CancelScheduledMessagesAsync(far);
            await Check.FailsAsync(ServiceBusFailureReason.MessageNotFound, () => sender.CancelScheduledMessageAsync(far[0]));
            Check.Same(["soon"], (await ReceiveAsync(receiver, 1)).Select(Body));
            await entities.IsEmptyAsync(name);
        });

        contracts.Add("A receive that finds nothing ends in its time, and the next one gets what comes", async () =>
        {
            var name = entities.Queue();
            await using var receiver = client.CreateReceiver(name);
            Check.Same([], (await receiver.ReceiveMessagesAsync(10, TimeSpan.FromMilliseconds(200))).Select(Body));
            await entities.SendAsync(name, 5);

            // In any order: what comes while nobody waits, the client gives back.
            Check.Same(Numbers(5), (await ReceiveAsync(receiver, 5)).Select(Body).Order());
            Check.Same([], (await receiver.ReceiveMessagesAsync(10, TimeSpan.FromMilliseconds(200))).Select(Body));
            await entities.SendAsync(name, 1);
            await using var other = client.CreateReceiver(name);
            Check.Same(Numbers(1), (await ReceiveAsync(other, 1)).Select(Body));
        });

        contracts.Add("What goes wrong has the reason the service gives it", async () =>
        {
            await using var nowhere = client.CreateSender("nowhere");
            await Check.FailsAsync(ServiceBusFailureReason.MessagingEntityNotFound, () => nowhere.SendMessageAsync(new ServiceBusMessage("x")));
            await using var sessions = client.CreateSender(entities.SessionQueue());
            await Check.ThrowsAsync<InvalidOperationException>(() => sessions.SendMessageAsync(new ServiceBusMessage("x")));
            await using var plain = client.CreateReceiver(entities.SessionQueue());
            await Check.ThrowsAsync<InvalidOperationException>(() => plain.ReceiveMessageAsync(TimeSpan.FromSeconds(5)));
        });

        contracts.Add("Every subscription of a topic gets what its rules select", async () =>
        {
            var name = entities.Topic();
            await using var sender = client.CreateSender(name);
            await sender.SendMessagesAsync(Enumerable.Range(1, 20).Select(i => new ServiceBusMessage($"{i}") { Subject = i % 2 == 1 ? "odd" : "even" }));
            await using var all = client.CreateReceiver(name, "all");
            await using var odd = client.CreateReceiver(name, "odd");
            Check.Same(Numbers(20), (await ReceiveAsync(all, 20)).Select(Body));
            Check.Same(Enumerable.Range(1, 20).Where(i => i % 2 == 1).Select(i => $"{i}"), (await ReceiveAsync(odd, 10)).Select(Body));
        });
    }
}
