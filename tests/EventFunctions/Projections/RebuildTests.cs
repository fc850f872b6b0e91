using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Views;
using EventFunctions.Projections.Rebuild;
using EventFunctions.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.Tests.Projections;

public sealed class RebuildTests
{
    [Fact]
    public async Task A_rebuild_of_equal_views_switches_by_itself_and_ends_with_one_generation()
    {
        await using var world = new RebuildWorld(new() { ["Projections:EventsPerStep"] = "7" });
        var orders = await OrdersAsync(world, 20);
        var before = await world.DigestAsync(1);
        await world.World.StartAsync();

        var started = await world.StartAsync();
        var kept = await world.ReachesAsync(RebuildPhase.Kept);

        Assert.Equal((202, "/api/admin/projections/order/rebuild"), (started.Response.StatusCode, started.Response.Headers.Location.ToString()));
        Assert.Equal((2, 1), (kept.Generations.Serving, kept.Generations.Previous!.Value));
        Assert.Equal((100, 0), (kept.Status!.EventsRead, kept.Status.Comparison!.Differences));
        Assert.Equal(before, kept.Status.Comparison.Building);
        Assert.Equal(before, kept.Status.Comparison.Serving);
        Assert.Equal(before, await world.DigestAsync(2));

        Assert.Equal(202, (await world.TellAsync(RebuildCommands.Finish)).Response.StatusCode);
        var ended = await world.ReachesAsync(RebuildPhase.Completed);

        Assert.Equal((0, before), ((await world.DigestAsync(1)).Count, await world.DigestAsync(2)));
        Assert.Equal(ProjectionGenerations.Initial with { Serving = 2, Newest = 2 }, ended.Generations);
        Assert.Empty(ended.Commands);
        Assert.All(orders, id => Assert.Equal(OrderStatus.Delivered, world.ShownAsync(id).GetAwaiter().GetResult()!.Status));
    }

    [Fact]
    public async Task A_projection_can_be_rebuilt_again_and_again()
    {
        await using var world = new RebuildWorld(new() { ["Projections:Retention"] = "00:00:00.001" });
        await OrdersAsync(world, 3);
        var before = await world.DigestAsync(1);
        await world.World.StartAsync();

        for (var generation = 2; generation <= 4; generation++)
        {
            Assert.Equal(generation, (await world.StartAsync()).Json.GetProperty("generation").GetInt32());
            await Eventually.HoldsAsync(
                async () => await world.ReportAsync() is { Phase: RebuildPhase.Completed, Generations.Serving: var serving } && serving == generation,
                "the retention is over and the rebuild has ended");
            Assert.Equal(before, await world.DigestAsync(generation));
            Assert.Equal(0, (await world.DigestAsync(generation - 1)).Count);
        }
    }

    [Fact]
    public async Task Views_of_changed_code_serve_only_when_somebody_says_so_and_can_be_taken_back()
    {
        await using var world = Changing();
        var orders = await OrdersAsync(world, 3);
        var moving = await world.AddOrderAsync(events: 1);
        world.World.Get<Changeable>().IsChanged = true;
        await world.World.StartAsync();

        await world.StartAsync();
        var waiting = await world.ReachesAsync(RebuildPhase.AwaitingApproval);

        Assert.Equal((4, 4, 1), (waiting.Status!.Comparison!.Different, waiting.Status.Comparison.Samples.Count, waiting.Generations.Serving));
        Assert.NotNull(waiting.Status.Deadline);
        Assert.Equal([RebuildCommands.Resume, RebuildCommands.Cancel, RebuildCommands.Switch], waiting.Commands);
        Assert.Equal(OrderStatus.Delivered, (await world.ShownAsync(orders[0]))!.Status);

        await world.TellAsync(RebuildCommands.Switch);
        await world.ReachesAsync(RebuildPhase.Kept);
        Assert.Equal(OrderStatus.Cancelled, (await world.ShownAsync(orders[0]))!.Status);
        await world.ConfirmAsync(moving);
        Assert.Equal(2, (await world.ShownAsync(moving))!.Version);

        await world.TellAsync(RebuildCommands.Rollback);
        var ended = await world.ReachesAsync(RebuildPhase.RolledBack);

        Assert.Equal(OrderStatus.Delivered, (await world.ShownAsync(orders[0]))!.Status);
        Assert.Equal(2, (await world.ShownAsync(moving))!.Version);
        Assert.Equal(ProjectionGenerations.Initial with { Newest = 2 }, ended.Generations);
        Assert.Equal(0, (await world.DigestAsync(2)).Count);
    }

    [Fact]
    public async Task Differences_that_were_accepted_beforehand_need_no_approval()
    {
        await using var world = Changing();
        var orders = await OrdersAsync(world, 3);
        world.World.Get<Changeable>().IsChanged = true;
        await world.World.StartAsync();

        await world.StartAsync(body: """{"acceptDifferences":true}""");

        Assert.Equal(3, (await world.ReachesAsync(RebuildPhase.Kept)).Status!.Comparison!.Different);
        Assert.Equal(OrderStatus.Cancelled, (await world.ShownAsync(orders[0]))!.Status);
    }

    [Fact]
    public async Task A_generation_that_nobody_approves_in_time_is_given_up()
    {
        await using var world = Changing(("Projections:ApprovalTimeout", "00:00:00.001"));
        await OrdersAsync(world, 2);
        world.World.Get<Changeable>().IsChanged = true;
        await world.World.StartAsync();

        await world.StartAsync();
        var ended = await world.ReachesAsync(RebuildPhase.Cancelled);

        Assert.Contains("approved", ended.Status!.Notice, StringComparison.Ordinal);
        Assert.Equal((0, 1), ((await world.DigestAsync(2)).Count, ended.Generations.Serving));
    }

    [Fact]
    public async Task Views_that_were_lost_are_there_again_after_a_rebuild()
    {
        await using var world = new RebuildWorld();
        var orders = await OrdersAsync(world, 6);
        var whole = await world.DigestAsync(1);
        await world.Views.DeleteAsync(OrderViewProjection.KeyOf(orders[2]));
        await world.World.StartAsync();

        await world.StartAsync();
        var waiting = await world.ReachesAsync(RebuildPhase.AwaitingApproval);

        var sample = Assert.Single(waiting.Status!.Comparison!.Samples);
        Assert.Equal((DifferenceKind.Added, $"order-{orders[2]}", 5L), (sample.Kind, sample.Partition, sample.BuildingVersion!.Value));
        Assert.Equal(whole, await world.DigestAsync(2));
    }

    [Fact]
    public async Task A_paused_rebuild_does_nothing_until_it_is_resumed()
    {
        await using var world = new RebuildWorld(new() { ["Projections:EventsPerStep"] = "1", ["Projections:ParallelRanges"] = "1" });
        await OrdersAsync(world, 10);
        var gate = new TaskCompletionSource();
        var isHeld = new TaskCompletionSource();
        world.World.Dispatcher.Before = async (activity, _) =>
        {
            if (activity == "ReplayFeedRange" && isHeld.TrySetResult())
            {
                await gate.Task;
            }
        };
        await world.World.StartAsync();
        await world.StartAsync();
        await isHeld.Task;

        Assert.Equal(202, (await world.TellAsync(RebuildCommands.Pause)).Response.StatusCode);
        await Eventually.HoldsAsync(async () => (await world.ReportAsync()).IsPaused, "the rebuild is paused");
        gate.SetResult();
        await Eventually.HoldsAsync(() => world.World.Engine.Counts is { QueuedActivities: 0, ReadyInstances: 0 }, "nothing is on its way");
        var calls = world.Stores.Calls;
        Assert.Equal(409, (await world.TellAsync(RebuildCommands.Pause)).Response.StatusCode);
        Assert.Single(world.World.Dispatcher.Invocations, i => i.Name == "ReplayFeedRange");

        Assert.Equal(202, (await world.TellAsync(RebuildCommands.Resume)).Response.StatusCode);
        Assert.Equal(50, (await world.ReachesAsync(RebuildPhase.Kept)).Status!.EventsRead);
        Assert.True(world.Stores.Calls > calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cancelled_rebuild_leaves_nothing_behind(bool isPaused)
    {
        await using var world = new RebuildWorld(new() { ["Projections:EventsPerStep"] = "1" });
        await OrdersAsync(world, 5);
        var before = await world.DigestAsync(1);
        var gate = new TaskCompletionSource();
        var steps = 0;
        world.World.Dispatcher.Before = (activity, _) =>
            activity == "ReplayFeedRange" && Interlocked.Increment(ref steps) == 4 ? gate.Task : Task.CompletedTask;
        await world.World.StartAsync();
        await world.StartAsync();
        await Eventually.HoldsAsync(() => Volatile.Read(ref steps) >= 4, "some events were replayed");
        if (isPaused)
        {
            await world.TellAsync(RebuildCommands.Pause);
            await Eventually.HoldsAsync(async () => (await world.ReportAsync()).IsPaused, "the rebuild is paused");
        }

        Assert.Equal(202, (await world.TellAsync(RebuildCommands.Cancel)).Response.StatusCode);
        gate.SetResult();
        var ended = await world.ReachesAsync(RebuildPhase.Cancelled);

        Assert.Equal(ProjectionGenerations.Initial with { Newest = 2 }, ended.Generations);
        Assert.Equal((0, before), ((await world.DigestAsync(2)).Count, await world.DigestAsync(1)));
    }

    [Fact]
    public async Task A_step_that_fails_in_every_attempt_is_shown_and_can_be_taken_again()
    {
        await using var world = new RebuildWorld(new() { ["Projections:StepAttempts"] = "2" });
        await OrdersAsync(world, 5);
        var before = await world.DigestAsync(1);
        var isAway = true;
        world.World.Dispatcher.Before = (activity, _) => activity == "CompareGenerations" && Volatile.Read(ref isAway)
            ? throw new StoreUnavailableException("The store is away.") : Task.CompletedTask;
        await world.World.StartAsync();

        await world.StartAsync();
        var failed = await world.ReachesAsync(RebuildPhase.Failed);

        Assert.Equal(RebuildPhase.Comparing, failed.Status!.FailedPhase);
        Assert.Contains("The store is away.", failed.Status.Error, StringComparison.Ordinal);
        Assert.Equal([RebuildCommands.Resume, RebuildCommands.Cancel], failed.Commands);
        Volatile.Write(ref isAway, false);
        await world.TellAsync(RebuildCommands.Resume);
        Assert.Null((await world.ReachesAsync(RebuildPhase.Kept)).Status!.Error);
        Assert.Equal(before, await world.DigestAsync(2));
    }

    [Fact]
    public async Task What_cannot_be_is_refused_with_the_reason()
    {
        await using var world = new RebuildWorld();
        await world.World.StartAsync();
        Assert.Equal((404, "projection-not-found"), Problem(await world.StartAsync("nothing")));
        Assert.Equal((404, "projection-not-found"), Problem(await world.GetAsync("nothing")));
        Assert.Equal((404, "rebuild-not-found"), Problem(await world.GetAsync()));
        Assert.Equal((404, "rebuild-not-found"), Problem(await world.TellAsync(RebuildCommands.Cancel)));

        await world.StartAsync();
        await world.ReachesAsync(RebuildPhase.Kept);

        Assert.Equal((409, "rebuild-under-way"), Problem(await world.StartAsync()));
        Assert.Equal((409, "rebuild-not-in-this-phase"), Problem(await world.TellAsync(RebuildCommands.Cancel)));
        Assert.Equal((409, "rebuild-not-in-this-phase"), Problem(await world.TellAsync(RebuildCommands.Pause)));
        Assert.Equal((404, "rebuild-command-not-found"), Problem(await world.TellAsync("explode")));
        var shown = await world.GetAsync();
        Assert.Equal((200, "Kept"), (shown.Response.StatusCode, shown.Json.GetProperty("phase").GetString()));
        Assert.Equal(["rollback", "finish"], shown.Json.GetProperty("commands").EnumerateArray().Select(c => c.GetString()));
    }

    [Fact]
    public async Task Of_several_starts_at_once_one_wins()
    {
        await using var world = new RebuildWorld();
        await OrdersAsync(world, 2);
        await world.World.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => world.StartAsync())));

        Assert.Single(answers, a => a.Response.StatusCode == 202);
        Assert.Equal(5, answers.Count(a => a.Response.StatusCode == 409));
        Assert.Equal(2, (await world.ReachesAsync(RebuildPhase.Kept)).Generations.Newest);
    }

    private static (int, string?) Problem(Http.HttpCall call) => (call.Response.StatusCode, call.Json.GetProperty("code").GetString());

    private static async Task<List<OrderId>> OrdersAsync(RebuildWorld world, int count)
    {
        var ids = new List<OrderId>();
        for (var i = 0; i < count; i++)
        {
            ids.Add(await world.AddOrderAsync());
        }

        return ids;
    }

    private static RebuildWorld Changing(params (string Key, string Value)[] settings) => new(
        settings.ToDictionary(s => s.Key, s => (string?)s.Value),
        services =>
        {
            services.AddSingleton<Changeable>();
            services.AddSingleton<IProjection<OrderView>>(p => p.GetRequiredService<Changeable>());
        });

    /// <summary>The projection before and after a change of its code: the new one shows what is delivered as cancelled.</summary>
    private sealed class Changeable : IProjection<OrderView>
    {
        private readonly OrderViewProjection _inner = new();

        public bool IsChanged { get; set; }

        public string Name => _inner.Name;

        public ViewKey KeyOf(EventEnvelope envelope) => _inner.KeyOf(envelope);

        public OrderView Apply(OrderView? view, EventEnvelope envelope) => _inner.Apply(view, envelope) is var next && IsChanged
            ? next with { Status = OrderStatus.Cancelled }
            : next;
    }
}
