using EventFunctions.EventSourcing;
using EventFunctions.Publishing;
using EventFunctions.Tests.Support;
using Microsoft.Azure.Functions.Worker;
using Moq;

namespace EventFunctions.Tests.Delivery;

/// <summary>Delivers everything the world publishes, until nothing more happens.</summary>
/// <param name="world">The world.</param>
/// <param name="copies">How often each message is delivered.</param>
/// <param name="random">Chooses the next of all messages that are on their way; without it they come in the order in which they were sent.</param>
/// <param name="atOnce">How many are delivered side by side.</param>
internal sealed class DeliveryRun(ShopWorld world, int copies = 1, Random? random = null, int atOnce = 1)
{
    private readonly Lock _gate = new();
    private readonly List<RoutedMessage> _underWay = [];

    /// <summary>Every message that was routed to a function, once.</summary>
    public List<RoutedMessage> Routed { get; } = [];

    /// <summary>Every delivery, in order.</summary>
    public List<RoutedMessage> Delivered { get; } = [];

    /// <summary>How many deliveries came beside another of the same message, and were to come again.</summary>
    public int TurnedAway { get; private set; }

    /// <summary>How many deliveries their function completed.</summary>
    public int Completed { get; private set; }

    /// <summary>Delivers until no message is under way, no saga can go on and no event is unpublished.</summary>
    public async Task UntilQuietAsync()
    {
        do
        {
            while (await PublishAsync() > 0)
            {
                await Task.WhenAll(Enumerable.Range(0, Math.Min(atOnce, _underWay.Count)).Select(_ => DeliverAsync(Next())).ToList());
            }
        }
        while (await world.SettleAsync() || await PublishAsync() > 0);
    }

    /// <summary>Delivers what is under way to the functions that are chosen, and nothing that comes of it.</summary>
    public async Task OnceToAsync(Func<Subscriber, bool> chosen)
    {
        await PublishAsync();
        foreach (var message in _underWay.Where(m => chosen(m.Subscriber)).ToList())
        {
            _underWay.Remove(message);
            await DeliverAsync(message);
        }
    }

    private async Task<int> PublishAsync()
    {
        var routed = await world.RelayAsync();
        Routed.AddRange(routed);
        _underWay.AddRange(routed.SelectMany(message => Enumerable.Repeat(message, copies)));
        return _underWay.Count;
    }

    private RoutedMessage Next()
    {
        var at = random?.Next(_underWay.Count) ?? 0;
        var message = _underWay[at];
        _underWay.RemoveAt(at);
        return message;
    }

    private async Task DeliverAsync(RoutedMessage message)
    {
        // Strict: a message may be completed, and nothing else.
        var actions = new Mock<ServiceBusMessageActions>(MockBehavior.Strict);
        actions.Setup(a => a.CompleteMessageAsync(message.Message, It.IsAny<CancellationToken>()))
            .Callback(() => Count(() => Completed++))
            .Returns(Task.CompletedTask);
        Count(() => Delivered.Add(message));
        try
        {
            await Task.Run(() => message.Subscriber.HandleAsync(
                world.Saga.Services, message.Message, actions.Object, world.Sagas.Client, CancellationToken.None)).WaitAsync(Eventually.DefaultDeadline);
        }
        catch (Exception exception) when (exception is EventInHandException or ProjectionContendedException)
        {
            // What the broker does with a message that comes beside its copy: it delivers it again.
            Count(() =>
            {
                TurnedAway++;
                _underWay.Add(message);
            });
        }
    }

    private void Count(Action action)
    {
        lock (_gate)
        {
            action();
        }
    }
}
