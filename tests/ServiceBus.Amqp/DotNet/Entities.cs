using Azure.Messaging.ServiceBus;

namespace EventFunctions.ServiceBusContract;

/// <summary>Entities of the topology, each given out once, and what contracts do with them again and again.</summary>
internal sealed class Entities(ServiceBusClient client)
{
    private int _queues;
    private int _sessionQueues;
    private int _topics;

    public ServiceBusClient Client => client;

    public string Queue() => $"queue-{++_queues}";

    public string SessionQueue() => $"sessions-{++_sessionQueues}";

    public string Topic() => $"topic-{++_topics}";

    public async Task SendAsync(string name, int count, Func<int, string?>? session = null, int from = 1)
    {
        await using var sender = client.CreateSender(name);
        await sender.SendMessagesAsync(Enumerable.Range(from, count).Select(i => new ServiceBusMessage($"{i}") { SessionId = session?.Invoke(i), MessageId = $"m-{i}" }));
    }

    /// <summary>Receives until as many have come as are expected.</summary>
    public static async Task<List<ServiceBusReceivedMessage>> ReceiveAsync(
        ServiceBusReceiver receiver, int count, Func<ServiceBusReceivedMessage, Task>? settle = null)
    {
        var got = new List<ServiceBusReceivedMessage>();
        while (got.Count < count && await receiver.ReceiveMessagesAsync(count - got.Count, TimeSpan.FromSeconds(10)) is { Count: > 0 } page)
        {
            foreach (var message in page)
            {
                await (settle?.Invoke(message) ?? receiver.CompleteMessageAsync(message));
                got.Add(message);
            }
        }

        Check.Equal(count, got.Count);
        return got;
    }

    public async Task IsEmptyAsync(string name)
    {
        await using var receiver = client.CreateReceiver(name);
        Check.Same([], (await receiver.PeekMessagesAsync(10)).Select(Body));
    }

    public static string Body(ServiceBusReceivedMessage message) => message.Body.ToString();

    public static IEnumerable<string> Numbers(int count, int from = 1) => Enumerable.Range(from, count).Select(i => $"{i}");
}
