using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Choreography;
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
/// <param name="redelivers">Whether a message that fails comes again, as often as the broker delivers one; otherwise the test fails.</param>
internal sealed class DeliveryRun(ShopWorld world, int copies = 1, Random? random = null, int atOnce = 1, bool redelivers = false)
{
    private readonly Lock _gate = new();
    private readonly List<RoutedMessage> _underWay = [];

    /// <summary>Every message that was routed to a function, once.</summary>
    public List<RoutedMessage> Routed { get; } = [];

    /// <summary>Every delivery, in order.</summary>
    public List<RoutedMessage> Delivered { get; } = [];

    /// <summary>Messages that failed as often as the broker delivers one.</summary>
    public List<RoutedMessage> DeadLetters { get; } = [];

    /// <summary>Messages that the broker holds back until they are due.</summary>
    public List<RoutedMessage> Scheduled { get; } = [];

    /// <summary>How many deliveries came beside another of the same message, and were to come again.</summary>
    public int TurnedAway { get; private set; }

    /// <summary>How many deliveries their function completed.</summary>
    public int Completed { get; private set; }

    /// <summary>
    /// Delivers until no message is under way, no saga can go on and no event is unpublished. Time passes so far that late answers
    /// have arrived, and no further.
    /// </summary>
    public async Task UntilQuietAsync()
    {
        do
        {
            while (await PublishAsync() > 0)
            {
                await Task.WhenAll(Enumerable.Range(0, Math.Min(atOnce, _underWay.Count)).Select(_ => DeliverAsync(Next())).ToList());
            }
        }
        while (await world.SettleAsync() || Release(OrderDeadlineKind.SecondLook) || await PublishAsync() > 0);
    }

    /// <summary>Lets the time pass that messages of a kind wait for, and delivers until it is quiet again.</summary>
    public Task LetPassAsync(string kind)
    {
        Assert.True(Release(kind), $"Nothing waits for {kind}.");
        return UntilQuietAsync();
    }

    /// <summary>Sends dead letters again, as an operator does.</summary>
    public Task ResubmitAsync()
    {
        _underWay.AddRange(DeadLetters.Select(m => m with { Delivery = 1 }));
        DeadLetters.Clear();
        return UntilQuietAsync();
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
        Scheduled.AddRange(routed.Where(m => m.Message.ScheduledEnqueueTime > ShopWorld.Clock.GetUtcNow()));
        Send(routed.Except(Scheduled));
        return _underWay.Count;
    }

    private bool Release(string kind)
    {
        var due = Scheduled.Where(m => m.Message.Subject == kind).ToList();
        Scheduled.RemoveAll(due.Contains);
        Send(due);
        return due.Count > 0;
    }

    private void Send(IEnumerable<RoutedMessage> messages) => _underWay.AddRange(messages.SelectMany(m => Enumerable.Repeat(m, copies)));

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
        var received = message.Receive();
        var actions = new Mock<ServiceBusMessageActions>(MockBehavior.Strict);
        actions.Setup(a => a.CompleteMessageAsync(received, It.IsAny<CancellationToken>()))
            .Callback(() => Count(() => Completed++))
            .Returns(Task.CompletedTask);
        Count(() => Delivered.Add(message));
        try
        {
            await Task.Run(() => message.Subscriber.HandleAsync(
                world.Saga.Services, received, actions.Object, world.Sagas.Client, CancellationToken.None)).WaitAsync(Eventually.DefaultDeadline);
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
        catch (Exception exception) when (redelivers && exception is not MockException)
        {
            Count(() => (message.Delivery < StepPatience.MaxDeliveries ? _underWay : DeadLetters).Add(message with { Delivery = message.Delivery + 1 }));
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
