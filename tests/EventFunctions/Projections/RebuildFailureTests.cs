using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Projections.Rebuild;

namespace EventFunctions.Tests.Projections;

/// <summary>Streams that a generation cannot follow.</summary>
public sealed class RebuildFailureTests
{
    [Fact]
    public async Task A_stream_that_cannot_be_replayed_stops_itself_alone_and_keeps_the_new_generation_from_serving()
    {
        await using var world = new RebuildWorld();
        var bad = await world.AddOrderAsync();
        for (var i = 0; i < 5; i++)
        {
            await world.AddOrderAsync();
        }

        var whole = await world.DigestAsync(1);
        var isBroken = true;
        world.Stores.Refuses = (key, kind) => Volatile.Read(ref isBroken) && kind == "order@2" && key.Partition.Contains(bad.ToString(), StringComparison.Ordinal);
        await world.World.StartAsync();

        // Accepting differences does not mean to accept gaps.
        await world.StartAsync(body: """{"acceptDifferences":true}""");
        var waiting = await world.ReachesAsync(RebuildPhase.AwaitingApproval);

        Assert.Contains("is refused", Assert.Single(waiting.Status!.Failures).Error, StringComparison.Ordinal);
        Assert.Equal((30, 1), (waiting.Status.EventsRead, waiting.Status.Comparison!.Missing));
        Assert.Equal(5, (await world.DigestAsync(2)).Count);

        // Once its cause is mended, the stream is tried again.
        Volatile.Write(ref isBroken, false);
        await world.TellAsync(RebuildCommands.Resume);
        await world.ReachesAsync(RebuildPhase.Kept);
        Assert.Equal(whole, await world.DigestAsync(2));
    }

    [Fact]
    public async Task A_poison_event_is_shown_with_its_stream_and_blocks_the_switch()
    {
        await using var world = new RebuildWorld();
        var good = await world.AddOrderAsync();
        var bad = await StreamWithoutBeginningAsync(world);
        await world.World.StartAsync();

        await world.StartAsync(body: """{"acceptDifferences":true}""");
        var waiting = await world.ReachesAsync(RebuildPhase.AwaitingApproval);

        var failure = Assert.Single(waiting.Status!.Failures);
        Assert.Equal((2, bad.Value, 1L), (failure.Generation, failure.Stream, failure.Version));
        Assert.Contains("begins with being placed", failure.Error, StringComparison.Ordinal);
        Assert.Equal(failure, Assert.Single(waiting.Generations.Failures));
        Assert.Equal(1, (await world.DigestAsync(2)).Count);

        // Whoever knows better may have it serve all the same.
        await world.TellAsync(RebuildCommands.Switch);
        await world.ReachesAsync(RebuildPhase.Kept);
        Assert.Equal(OrderStatus.Delivered, (await world.ShownAsync(good))!.Status);
    }

    [Fact]
    public async Task What_the_new_generation_cannot_take_live_does_not_fail_the_one_that_serves_and_is_mended()
    {
        await using var world = new RebuildWorld();
        var id = await world.AddOrderAsync(events: 1);
        var gate = new TaskCompletionSource();
        world.World.Dispatcher.Before = (activity, _) => activity == "MendGeneration" ? gate.Task : Task.CompletedTask;
        await world.World.StartAsync();
        await world.StartAsync();
        await world.ReachesAsync(RebuildPhase.Mending);
        world.Stores.Refuses = (_, kind) => kind == "order@2";

        await world.ConfirmAsync(id);

        Assert.Equal(2, (await world.ShownAsync(id))!.Version);
        var failure = Assert.Single((await world.ReportAsync()).Generations.Failures);
        Assert.Equal((2, $"ordering-{id}", 2L), (failure.Generation, failure.Stream, failure.Version));
        world.Stores.Refuses = (_, _) => false;
        gate.SetResult();
        var kept = await world.ReachesAsync(RebuildPhase.Kept);
        Assert.Empty(kept.Generations.Failures);
        Assert.Equal(await world.DigestAsync(1), await world.DigestAsync(2));
    }

    [Fact]
    public async Task The_generation_before_is_brought_up_to_date_before_it_serves_again()
    {
        await using var world = new RebuildWorld();
        var id = await world.AddOrderAsync(events: 1);
        await world.World.StartAsync();
        await world.StartAsync();
        await world.ReachesAsync(RebuildPhase.Kept);
        world.Stores.Refuses = (_, kind) => kind == "order";
        await world.ConfirmAsync(id);
        world.Stores.Refuses = (_, _) => false;
        Assert.Single((await world.ReportAsync()).Generations.Failures);

        await world.TellAsync(RebuildCommands.Rollback);
        var ended = await world.ReachesAsync(RebuildPhase.RolledBack);

        Assert.Equal(2, (await world.ShownAsync(id))!.Version);
        Assert.Empty(ended.Generations.Failures);
    }

    [Fact]
    public async Task A_rebuild_takes_the_place_of_one_whose_orchestration_was_ended_from_outside()
    {
        await using var world = new RebuildWorld();
        await world.AddOrderAsync();
        var gate = new TaskCompletionSource();
        world.World.Dispatcher.Before = (activity, _) => activity == "MendGeneration" ? gate.Task : Task.CompletedTask;
        await world.World.StartAsync();
        await world.StartAsync();
        await world.ReachesAsync(RebuildPhase.Mending);
        await world.World.Client.TerminateInstanceAsync(RebuildProjection.InstanceIdOf(RebuildWorld.Order));
        await world.ReachesAsync("Terminated");
        gate.SetResult();

        Assert.Equal(3, (await world.StartAsync()).Json.GetProperty("generation").GetInt32());
        await world.ReachesAsync(RebuildPhase.Kept);
        await world.TellAsync(RebuildCommands.Finish);
        var ended = await world.ReachesAsync(RebuildPhase.Completed);

        Assert.Equal(ProjectionGenerations.Initial with { Serving = 3, Newest = 3 }, ended.Generations);
        Assert.Equal((0, 0, 1), ((await world.DigestAsync(1)).Count, (await world.DigestAsync(2)).Count, (await world.DigestAsync(3)).Count));
    }

    /// <summary>An order that begins with being confirmed, which no projection of orders can show.</summary>
    private static async Task<StreamName> StreamWithoutBeginningAsync(RebuildWorld world)
    {
        var id = new OrderId(Guid.NewGuid());
        var stream = Order.StreamOf(id);
        var confirmed = Publishing.EventSamples.Envelope(new OrderConfirmed(id, new CustomerId("customer-1")), stream);
        await world.World.Get<IEventStore>().AppendAsync(new StreamAppend(stream, StreamHead.Absent, [confirmed], null, []));
        return stream;
    }
}
