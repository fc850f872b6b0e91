using EventFunctions.EventSourcing;
using EventFunctions.Publishing;
using EventFunctions.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace EventFunctions.Tests.Publishing;

public sealed class IdempotentConsumerTests
{
    private static readonly EventEnvelope Event = EventSamples.Confirmed();

    private readonly ManualTimeProvider _clock = new();
    private readonly InboxOptions _options = new();
    private readonly IdempotentConsumer _consumer;
    private int _effects;

    public IdempotentConsumerTests() => _consumer = Consumer(new InMemoryInbox(_options, _clock));

    [Fact]
    public async Task An_event_takes_effect_once_however_often_it_comes()
    {
        Assert.True(await HandleAsync(Effect));
        Assert.False(await HandleAsync(Effect));
        Assert.False(await HandleAsync(Effect));

        Assert.Equal(1, _effects);
    }

    [Fact]
    public async Task An_effect_that_failed_is_tried_again_at_once_and_its_failure_is_told()
    {
        var failure = new StoreUnavailableException("away");

        Assert.Same(failure, await Record.ExceptionAsync(() => HandleAsync(_ => Task.FromException(failure))));

        Assert.True(await HandleAsync(Effect));
        Assert.False(await HandleAsync(Effect));
        Assert.Equal(1, _effects);
    }

    [Fact]
    public async Task While_one_delivery_is_in_hand_another_is_turned_away_and_comes_again()
    {
        var goOn = new TaskCompletionSource();
        var first = HandleAsync(_ => goOn.Task);

        var turnedAway = await Assert.ThrowsAsync<EventInHandException>(() => HandleAsync(Effect));
        Assert.Contains($"a-handler:{Event.EventId}", turnedAway.Message, StringComparison.Ordinal);
        goOn.SetResult();

        Assert.True(await first);
        Assert.False(await HandleAsync(Effect));
        Assert.Equal(0, _effects);
    }

    [Fact]
    public async Task A_delivery_that_was_lost_with_its_host_is_taken_over_when_its_lease_is_over()
    {
        _ = HandleAsync(_ => new TaskCompletionSource().Task);
        await Assert.ThrowsAsync<EventInHandException>(() => HandleAsync(Effect));

        _clock.Advance(_options.Lease);

        Assert.True(await HandleAsync(Effect));
        Assert.Equal(1, _effects);
    }

    [Fact]
    public async Task A_handler_that_outlived_its_lease_does_not_record_for_the_one_that_took_over()
    {
        var goOn = new TaskCompletionSource();
        var slow = HandleAsync(_ => goOn.Task);
        _clock.Advance(_options.Lease);
        var other = new TaskCompletionSource();
        var takenOver = HandleAsync(_ => other.Task);

        goOn.SetResult();
        Assert.True(await slow);

        await Assert.ThrowsAsync<EventInHandException>(() => HandleAsync(Effect));
        other.SetResult();
        Assert.True(await takenOver);
    }

    [Fact]
    public async Task The_handlers_failure_counts_also_where_the_event_cannot_be_given_back()
    {
        var inbox = new Mock<IInbox>();
        inbox.Setup(i => i.ClaimAsync(It.IsAny<InboxKey>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new InboxClaim.Taken("t", _clock.GetUtcNow()));
        inbox.Setup(i => i.ReleaseAsync(It.IsAny<InboxKey>(), It.IsAny<InboxClaim.Taken>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new StoreUnavailableException("away"));

        await Assert.ThrowsAsync<TimeoutException>(
            () => Consumer(inbox.Object).HandleAsync("a-handler", Event, _ => throw new TimeoutException(), CancellationToken.None));

        inbox.Verify(i => i.ReleaseAsync(It.IsAny<InboxKey>(), It.IsAny<InboxClaim.Taken>(), CancellationToken.None), Times.Once);
        inbox.Verify(i => i.CompleteAsync(It.IsAny<InboxKey>(), It.IsAny<InboxClaim.Taken>(), It.IsAny<CancellationToken>()), Times.Never);
    }

    [Fact]
    public async Task An_event_given_back_because_the_host_stops_is_given_back_all_the_same()
    {
        using var stopping = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _consumer.HandleAsync(
            "a-handler",
            Event,
            async token =>
            {
                await stopping.CancelAsync();
                token.ThrowIfCancellationRequested();
            },
            stopping.Token));

        Assert.True(await HandleAsync(Effect));
    }

    private static IdempotentConsumer Consumer(IInbox inbox) => new(inbox, NullLogger<IdempotentConsumer>.Instance);

    private Task<bool> HandleAsync(Func<CancellationToken, Task> effect) => _consumer.HandleAsync("a-handler", Event, effect, CancellationToken.None);

    private Task Effect(CancellationToken cancellationToken)
    {
        _effects++;
        return Task.CompletedTask;
    }
}
