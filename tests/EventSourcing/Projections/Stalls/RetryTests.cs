using FsCheck;
using FsCheck.Fluent;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.EventSourcing.Tests.Projections.Stalls;

public sealed class RetryTests
{
    private readonly StallWorld _world = new();
    private readonly StreamName _stream = NewStream();

    [Fact]
    public async Task After_a_fix_a_retry_catches_up_in_order_though_no_new_event_comes()
    {
        await StallAsync(events: 7, at: 3);
        _world.Projection.IsPoison = _ => false;

        Assert.Equal(new RetryResult.CaughtUp(7, 5), await _world.Retry.RetryAsync(StallWorld.Name, _stream));

        Assert.Equal([1, 2, 3, 4, 5, 6, 7], await _world.FedAsync(_stream));
        Assert.Equal(0, await _world.Stalled.CountAsync(StallWorld.Name));
        Assert.IsType<RetryResult.NotStalled>(await _world.Retry.RetryAsync(StallWorld.Name, _stream));
    }

    [Fact]
    public async Task A_retry_without_a_fix_tells_the_event_that_still_fails()
    {
        await StallAsync(events: 5, at: 3);
        var before = (await _world.Stalled.FindAsync(StallWorld.Name, _stream))!;
        _world.Clock.Advance(TimeSpan.FromMinutes(1));

        var result = Assert.IsType<RetryResult.StillStalled>(await _world.Retry.RetryAsync(StallWorld.Name, _stream));

        Assert.Equal(before with { Attempts = before.Attempts + 1, LastSeen = _world.Clock.GetUtcNow() }, result.Stall);
        Assert.Equal([1, 2], await _world.FedAsync(_stream));
    }

    [Fact]
    public async Task A_retry_that_meets_another_poison_event_goes_as_far_as_that_one()
    {
        await StallAsync(events: 8, at: 3);
        _world.Projection.IsPoison = e => e.Version == 6;

        var result = Assert.IsType<RetryResult.StillStalled>(await _world.Retry.RetryAsync(StallWorld.Name, _stream));

        Assert.Equal((6, 1), (result.Stall.Event.Version, result.Stall.Attempts));
        Assert.Equal([1, 2, 3, 4, 5], await _world.FedAsync(_stream));
    }

    [Fact]
    public async Task A_retry_that_cannot_read_on_goes_as_far_as_it_can()
    {
        await StallAsync(events: 5, at: 2);
        _world.Projection.IsPoison = _ => false;
        _world.Store.Break = e => e.Version == 4 ? new UnknownEventTypeException("money-burnt", 1) : null;

        var result = Assert.IsType<RetryResult.StillStalled>(await _world.Retry.RetryAsync(StallWorld.Name, _stream));

        Assert.Equal(new StalledEvent(4, "money-burnt", null), result.Stall.Event);
        Assert.Equal([1, 2, 3], await _world.FedAsync(_stream));
    }

    [Fact]
    public async Task A_stall_at_an_event_that_the_store_does_not_have_stays()
    {
        var lost = PoisonEventException.Reading(_stream, 4, new EventFormatException("unreadable"));
        await _world.AppendAsync(_stream, 3);
        await _world.Stalled.RecordAsync(StalledStream.Of(StallWorld.Name, lost, 4, _world.Clock.GetUtcNow()));

        var result = Assert.IsType<RetryResult.StillStalled>(await _world.Retry.RetryAsync(StallWorld.Name, _stream));

        Assert.Contains("missing", result.Stall.Error, StringComparison.Ordinal);
        Assert.Equal((4, 2), (result.Stall.Event.Version, result.Stall.Attempts));
    }

    [Fact]
    public async Task A_late_message_that_heals_a_part_does_not_end_the_wait_of_what_was_delivered_before_it()
    {
        var events = await _world.AppendAsync(_stream, 5);
        _world.Projection.IsPoison = e => e.Version == 1;
        await _world.DeliverAsync(events[3]);
        _world.Projection.IsPoison = _ => false;

        Assert.Equal(ProjectionOutcome.Healed, await _world.DeliverAsync(events[1]));
        Assert.Equal((1, 4), await _world.Stalled.FindAsync(StallWorld.Name, _stream) is { } s ? (s.Event.Version, s.Awaited) : default);

        Assert.Equal(new RetryResult.CaughtUp(5, 5), await _world.Retry.RetryAsync(StallWorld.Name, _stream));
        Assert.Equal([1, 2, 3, 4, 5], await _world.FedAsync(_stream));
        Assert.Equal(0, await _world.Stalled.CountAsync(StallWorld.Name));
    }

    [Fact]
    public async Task A_retry_while_the_store_is_away_fails_and_can_be_repeated()
    {
        await StallAsync(events: 6, at: 2);
        _world.Projection.IsPoison = _ => false;
        var saves = 0;
        _world.Views.BeforeSave = () => ++saves == 3 ? throw new StoreUnavailableException("away") : Task.CompletedTask;

        await Assert.ThrowsAsync<StoreUnavailableException>(() => _world.Retry.RetryAsync(StallWorld.Name, _stream));
        Assert.Equal(1, await _world.Stalled.CountAsync(StallWorld.Name));

        Assert.Equal(new RetryResult.CaughtUp(6, 5), await _world.Retry.RetryAsync(StallWorld.Name, _stream));
        Assert.Equal([1, 2, 3, 4, 5, 6], await _world.FedAsync(_stream));
    }

    [Fact]
    public async Task A_retry_of_a_projection_that_does_not_exist_is_refused()
    {
        await _world.AppendAsync(_stream, 1);
        var failure = PoisonEventException.Reading(_stream, 1, new EventFormatException("unreadable"));
        await _world.Stalled.RecordAsync(StalledStream.Of("nothing", failure, 1, _world.Clock.GetUtcNow()));

        await Assert.ThrowsAsync<ArgumentException>(() => _world.Retry.RetryAsync("nothing", _stream));
    }

    [Fact]
    public void However_messages_and_faults_come_every_event_is_applied_once_and_in_order_after_the_fix() =>
        Prop.ForAll<byte[], byte[]>((deliveries, faults) => RunAsync(deliveries, faults).GetAwaiter().GetResult()).QuickCheckThrowOnFailure();

    /// <summary>Each byte is the delivery of an event; before each, the next byte of the faults says which events are poison.</summary>
    private static async Task<bool> RunAsync(byte[] deliveries, byte[] faults)
    {
        const int Count = 8;
        var world = new StallWorld();
        var stream = NewStream();
        var events = await world.AppendAsync(stream, Count);
        for (var i = 0; i < deliveries.Length; i++)
        {
            var fault = i < faults.Length ? faults[i] : 0;
            world.Projection.IsPoison = e => (fault >> (int)(e.Version - 1) & 1) == 1;
            var outcome = await world.DeliverAsync(events[deliveries[i] % Count]);
            var stall = await world.Stalled.FindAsync(StallWorld.Name, stream);
            var version = (await world.ViewAsync(stream))?.Version ?? 0;
            if (outcome == ProjectionOutcome.Stalled && stall?.Event.Version != version + 1)
            {
                return false;
            }
        }

        world.Projection.IsPoison = _ => false;
        var hadStalled = await world.Stalled.CountAsync(StallWorld.Name) > 0;
        var retried = await world.Retry.RetryAsync(StallWorld.Name, stream);
        var newest = hadStalled ? Count : deliveries.Select(d => (d % Count) + 1).DefaultIfEmpty(0).Max();
        return retried is not RetryResult.StillStalled
            && (await world.FedAsync(stream)).SequenceEqual(Enumerable.Range(1, newest).Select(v => (long)v))
            && await world.Stalled.CountAsync(StallWorld.Name) == 0;
    }

    private async Task StallAsync(int events, int at)
    {
        _world.Projection.IsPoison = e => e.Version == at;
        foreach (var envelope in await _world.AppendAsync(_stream, events))
        {
            Assert.Equal(envelope.Version < at ? ProjectionOutcome.Applied : ProjectionOutcome.Stalled, await _world.DeliverAsync(envelope));
        }
    }
}
