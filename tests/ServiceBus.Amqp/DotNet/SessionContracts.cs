using Azure.Messaging.ServiceBus;
using static EventFunctions.ServiceBusContract.Entities;

namespace EventFunctions.ServiceBusContract;

/// <summary>Sessions, received by hand.</summary>
internal static class SessionContracts
{
    public static void Add(Contracts contracts, Entities entities, string connectionString)
    {
        var client = entities.Client;
        contracts.Add("A session is received in its order, by one receiver at a time", async () =>
        {
            var name = entities.SessionQueue();
            await entities.SendAsync(name, 30, i => $"s-{i % 3}");
            await using var session = await client.AcceptSessionAsync(name, "s-1");
            Check.That(session.SessionLockedUntil > DateTimeOffset.UtcNow);
            await Check.FailsAsync(ServiceBusFailureReason.SessionCannotBeLocked, () => Once(connectionString, c => c.AcceptSessionAsync(name, "s-1")));
            Check.Same(Enumerable.Range(1, 30).Where(i => i % 3 == 1).Select(i => $"{i}"), (await ReceiveAsync(session, 10)).Select(Body));
            await session.CloseAsync();
            await using var next = await client.AcceptNextSessionAsync(name);
            await using var last = await client.AcceptNextSessionAsync(name);
            Check.Same(["s-0", "s-2"], new[] { next.SessionId, last.SessionId }.Order());
            await ReceiveAsync(next, 10);
            await ReceiveAsync(last, 10);
            await Check.FailsAsync(ServiceBusFailureReason.ServiceTimeout, () => Once(connectionString, c => c.AcceptNextSessionAsync(name)));
        });

        contracts.Add("A session keeps its state, and its lock can be renewed", async () =>
        {
            var name = entities.SessionQueue();
            await using var session = await client.AcceptSessionAsync(name, "stateful");
            Check.That(await session.GetSessionStateAsync() is null);
            await session.SetSessionStateAsync(BinaryData.FromString("three"));
            Check.Equal("three", (await session.GetSessionStateAsync()).ToString());
            var until = session.SessionLockedUntil;
            await Task.Delay(20);
            await session.RenewSessionLockAsync();
            Check.That(session.SessionLockedUntil > until);
            await session.SetSessionStateAsync(null);
            Check.That(await session.GetSessionStateAsync() is null);
        });

        contracts.Add("In a session, messages are settled in every way", async () =>
        {
            var name = entities.SessionQueue();
            await entities.SendAsync(name, 4, _ => "s");
            await using var session = await client.AcceptSessionAsync(name, "s");
            var got = await ReceiveAsync(session, 4, _ => Task.CompletedTask);
            await session.CompleteMessageAsync(got[0]);
            await session.DeadLetterMessageAsync(got[1], "reason");
            await session.DeferMessageAsync(got[2]);
            await session.AbandonMessageAsync(got[3]);
            Check.Same(["4"], (await ReceiveAsync(session, 1)).Select(Body));
            await session.CompleteMessageAsync(await session.ReceiveDeferredMessageAsync(got[2].SequenceNumber));
            Check.Same([], (await session.PeekMessagesAsync(5)).Select(Body));
        });
    }

    /// <summary>A client that tries once, and waits for two seconds.</summary>
    private static async Task Once(string connectionString, Func<ServiceBusClient, Task> run)
    {
        await using var impatient = new ServiceBusClient(
            connectionString, new ServiceBusClientOptions { RetryOptions = { MaxRetries = 0, TryTimeout = TimeSpan.FromSeconds(2) } });
        await run(impatient);
    }
}
