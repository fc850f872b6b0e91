using EventFunctions.Domain;
using EventFunctions.EventSourcing;
using EventFunctions.Projections.Rebuild;
using FsCheck;
using FsCheck.Fluent;

namespace EventFunctions.Tests.Projections;

/// <summary>Whatever interrupts a rebuild, and whatever happens meanwhile, the new views are those of the events.</summary>
public sealed class RebuildInterruptionTests
{
    private const int Orders = 8;

    /// <summary>Fewer than a step is tried: one that fails in every attempt waits for somebody, as it should.</summary>
    private const int MaxFaults = 6;

    private static readonly Dictionary<string, string?> SmallSteps = new()
    {
        ["Projections:EventsPerStep"] = "6",
        ["Projections:ViewsPerStep"] = "3",
        ["Projections:ParallelRanges"] = "1",
    };

    [Theory]
    [InlineData(Fault.BeforeTheEffect)]
    [InlineData(Fault.AfterTheEffect)]
    [InlineData(Fault.RestartBefore)]
    [InlineData(Fault.RestartAfter)]
    public async Task A_fault_at_any_call_of_the_store_changes_nothing_of_the_result(Fault fault)
    {
        var (digest, calls) = await StraightAsync();
        Assert.InRange(calls, 40, 400);

        for (var k = 1; k <= calls; k++)
        {
            await using var world = await WorldAsync();
            var expected = await world.DigestAsync(1);
            var offset = world.Stores.Calls;
            await using var interruption = new Interruption(world, fault, call => call == offset + k);

            await RunAsync(world);

            Assert.True(interruption.Count == 1, $"Call {k} was interrupted {interruption.Count} times.");
            await AssertWholeAsync(world, expected, $"{fault} at call {k}");
            Assert.Equal(digest.Count, expected.Count);
        }
    }

    [Theory]
    [InlineData(Fault.BeforeTheEffect)]
    [InlineData(Fault.AfterTheEffect)]
    public async Task Faults_again_and_again_change_nothing_of_the_result(Fault fault)
    {
        await using var world = await WorldAsync();
        var expected = await world.DigestAsync(1);
        await using var interruption = new Interruption(world, fault, call => call % 11 == 0);

        await RunAsync(world);

        Assert.True(interruption.Count > 3, $"There were only {interruption.Count} faults.");
        await AssertWholeAsync(world, expected, $"{fault} at every eleventh call");
    }

    [Fact]
    public void Events_that_arrive_at_any_moment_are_in_both_generations_once() => Prop.ForAll<byte[], byte>((moments, faultAt) =>
    {
        // On the pool: the test framework's own threads are few, and this one is blocked.
        Task.Run(() => ArriveAsync(moments, faultAt)).GetAwaiter().GetResult();
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    /// <summary>At each of the moments, counted in calls of the store, an order is placed or goes on; the bus may be late or send twice.</summary>
    private static async Task ArriveAsync(byte[] moments, byte faultAt)
    {
        await using var world = await WorldAsync();
        var due = moments.Select(m => world.Stores.Calls + 1 + (m % 120)).ToHashSet();
        var isOurs = new AsyncLocal<bool>();
        var faults = 0;
        var placed = new System.Collections.Concurrent.ConcurrentBag<(OrderId Id, int Events)>();
        var late = new System.Collections.Concurrent.ConcurrentBag<OrderId>();
        world.Stores.Before = async (call, _) =>
        {
            if (!isOurs.Value && due.Contains(call))
            {
                // The calls that this leads to are the test's own and interrupt nobody.
                isOurs.Value = true;
                var isHandled = call % 3 != 0;
                var id = await world.AddOrderAsync(events: 2, isHandled);
                placed.Add((id, isHandled ? 3 : 2));
                if (isHandled)
                {
                    await world.ConfirmAsync(id);
                }
                else
                {
                    late.Add(id);
                }

                isOurs.Value = false;
            }
            else if (!isOurs.Value && call % 20 == faultAt % 20 && Interlocked.Increment(ref faults) <= MaxFaults)
            {
                throw new StoreUnavailableException("The store is away.");
            }
        };
        await AskAsync(() => world.StartAsync(body: """{"acceptDifferences":true}"""));
        await PhaseAsync(world, RebuildPhase.Kept);
        world.Stores.Before = (_, _) => Task.CompletedTask;

        // What the bus had not delivered before the switch it delivers now, to both.
        foreach (var id in late)
        {
            await foreach (var envelope in world.World.Get<IEventStore>().ReadAsync(Domain.Ordering.Order.StreamOf(id), 1))
            {
                await world.HandleAsync(envelope);
            }
        }

        var (old, current) = (await world.DigestAsync(1), await world.DigestAsync(2));
        Assert.Equal(old, current);
        Assert.Equal(Orders + placed.Count, current.Count);
        foreach (var (id, events) in placed)
        {
            Assert.Equal(events, (await world.ShownAsync(id))!.Version);
        }
    }

    private static async Task<(ViewDigest Digest, int Calls)> StraightAsync()
    {
        await using var world = await WorldAsync();
        var expected = await world.DigestAsync(1);
        var before = world.Stores.Calls;
        await RunAsync(world);
        var calls = world.Stores.Calls - before;
        await AssertWholeAsync(world, expected, "a straight run");
        return (expected, calls);
    }

    private static async Task<RebuildWorld> WorldAsync()
    {
        var world = new RebuildWorld(SmallSteps);
        for (var i = 0; i < Orders; i++)
        {
            // The same in every run: the calls of the store are numbered.
            await world.AddOrderAsync(events: 1 + (i % 5), orderId: new OrderId(new Guid(i + 1, 0, 0, new byte[8])));
        }

        await world.World.StartAsync();
        return world;
    }

    /// <summary>From the start to the end, past the faults: also a request of the operator's may have to be made again.</summary>
    private static async Task RunAsync(RebuildWorld world)
    {
        await AskAsync(() => world.StartAsync());
        await PhaseAsync(world, RebuildPhase.Kept);
        await AskAsync(() => world.TellAsync(RebuildCommands.Finish));
        await PhaseAsync(world, RebuildPhase.Completed);
    }

    private static async Task AskAsync(Func<Task<Http.HttpCall>> request)
    {
        int status;
        do
        {
            status = (await request()).Response.StatusCode;
        }
        while (status is 503 or 500);
        Assert.Contains(status, new[] { 202, 409 });
    }

    /// <summary>Asks the engine alone: a call of the store would be interrupted too.</summary>
    private static async Task PhaseAsync(RebuildWorld world, string phase)
    {
        RebuildStatus? last = null;
        try
        {
            await EventFunctions.Tests.Support.Eventually.HoldsAsync(
                async () =>
                {
                    var instance = await world.World.Client.GetInstanceAsync(RebuildProjection.InstanceIdOf(RebuildWorld.Order), getInputsAndOutputs: true);
                    last = instance?.ReadCustomStatusAs<RebuildStatus>();
                    return last?.Phase == phase;
                },
                $"the rebuild is in phase {phase}");
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"{exception.Message} It is: {System.Text.Json.JsonSerializer.Serialize(last, EventJson.Options)}", exception);
        }
    }

    private static async Task AssertWholeAsync(RebuildWorld world, ViewDigest expected, string what)
    {
        world.Stores.Before = world.Stores.After = (_, _) => Task.CompletedTask;
        var (serving, old, generations) = (await world.DigestAsync(2), await world.DigestAsync(1), await world.Register.LoadAsync(RebuildWorld.Order));
        Assert.True(expected == serving, $"{what}: {expected} became {serving}");
        Assert.True(old.Count == 0, $"{what}: {old.Count} old views are left");
        Assert.True(generations.Equals(ProjectionGenerations.Initial with { Serving = 2, Newest = 2 }), $"{what}: {generations}");
    }
}
