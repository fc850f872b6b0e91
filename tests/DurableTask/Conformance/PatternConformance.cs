namespace EventFunctions.Local.DurableTask.Tests.Conformance;

/// <summary>
/// The application patterns of https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-overview and what its orchestrator
/// code is made of: loops over WhenAny, joins of unlike tasks, flows beside each other.
/// </summary>
public sealed class PatternConformance
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.1);

    [Fact]
    public async Task A_monitor_asks_until_the_job_is_done()
    {
        var asked = 0;
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<string, string>("Status", _ => Interlocked.Increment(ref asked) < 3 ? "running" : "done")
            .Orchestrator("O", async context =>
            {
                var deadline = context.CurrentUtcDateTime.AddMinutes(5);
                while (context.CurrentUtcDateTime < deadline)
                {
                    if (await context.CallActivityAsync<string>("Status", "job") == "done")
                    {
                        return "done";
                    }

                    await context.CreateTimer(Pause, CancellationToken.None);
                }

                return "too late";
            }));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");

        await hub.PassAsync(Pause);
        await hub.PassAsync(Pause);

        Assert.Equal("done", (await hub.EndAsync(id)).ReadOutputAs<string>());
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task A_loop_over_WhenAny_takes_each_of_many_results_once_as_it_comes()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, int>("Work", n => n)
            .Orchestrator("O", async context =>
            {
                var open = Enumerable.Range(0, 25).Select(n => context.CallActivityAsync<int>("Work", n)).ToList();
                var taken = new List<int>();
                while (open.Count > 0)
                {
                    var first = await Task.WhenAny(open);
                    open.Remove(first);
                    taken.Add(await first);
                }

                return taken;
            }));

        Assert.Equal(Enumerable.Range(0, 25), (await hub.RunAsync("O")).ReadOutputAs<int[]>()!.Order());
    }

    [Fact]
    public async Task No_more_calls_are_under_way_than_the_code_lets_out()
    {
        var underWay = 0;
        var most = 0;
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, int>("Work", async n =>
            {
                var now = Interlocked.Increment(ref underWay);
                InterlockedMax(ref most, now);
                await Task.Yield();
                Interlocked.Decrement(ref underWay);
                return n;
            })
            .Orchestrator("O", async context =>
            {
                var open = new HashSet<Task<int>>();
                var sum = 0;
                for (var n = 1; n <= 20; n++)
                {
                    if (open.Count == 3)
                    {
                        var first = await Task.WhenAny(open);
                        open.Remove(first);
                        sum += await first;
                    }

                    open.Add(context.CallActivityAsync<int>("Work", n));
                }

                return sum + (await Task.WhenAll(open)).Sum();
            }));

        Assert.Equal(210, (await hub.RunAsync("O")).ReadOutputAs<int>());
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task A_join_waits_for_an_activity_a_child_a_timer_and_an_event()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, int>("Work", n => n)
            .Orchestrator("Child", _ => Task.FromResult(20))
            .Orchestrator("O", async context =>
            {
                var activity = context.CallActivityAsync<int>("Work", 1);
                var child = context.CallSubOrchestratorAsync<int>("Child");
                var timer = context.CreateTimer(Pause, CancellationToken.None);
                var signal = context.WaitForExternalEvent<int>("signal");
                await Task.WhenAll(activity, child, timer, signal);
                return await activity + await child + await signal;
            }));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await hub.BegunAsync(id);

        await hub.PassAsync(Pause);
        await hub.Client.RaiseEventAsync(id, "signal", 300);

        Assert.Equal(321, (await hub.EndAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Flows_of_several_steps_run_beside_each_other()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<string, string>("Pick", item => $"{item} picked")
            .Activity<string, string>("Pack", item => $"{item}, packed")
            .Orchestrator("O", context =>
            {
                async Task<string> PrepareAsync(string item) =>
                    await context.CallActivityAsync<string>("Pack", await context.CallActivityAsync<string>("Pick", item));

                return Task.WhenAll(PrepareAsync("tea"), PrepareAsync("jam"));
            }));

        Assert.Equal(["tea picked, packed", "jam picked, packed"], (await hub.RunAsync("O")).ReadOutputAs<string[]>()!);
    }

    [Fact]
    public async Task A_history_of_hundreds_of_steps_is_carried_to_its_end()
    {
        var runs = 0;
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, int>("Next", n =>
            {
                Interlocked.Increment(ref runs);
                return n + 1;
            })
            .Orchestrator("O", async context =>
            {
                var n = 0;
                while (n < 300)
                {
                    n = await context.CallActivityAsync<int>("Next", n);
                }

                return n;
            }));

        Assert.Equal(300, (await hub.RunAsync("O")).ReadOutputAs<int>());
        Assert.Equal(300, runs);
    }

    [Fact]
    public async Task Instances_of_one_orchestrator_know_nothing_of_each_other()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<string, string>("Echo", text => text!)
            .Orchestrator("O", async context =>
            {
                var seen = await context.CallActivityAsync<string>("Echo", $"{context.InstanceId} {context.GetInput<int>()}");
                return $"{seen} {context.NewGuid()}";
            }));

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => hub.RunAsync("O", n)));

        Assert.All(results, (ended, n) => Assert.StartsWith($"{ended.InstanceId} {n} ", ended.ReadOutputAs<string>(), StringComparison.Ordinal));
        Assert.Equal(20, results.Select(ended => ended.ReadOutputAs<string>()![^36..]).Distinct(StringComparer.Ordinal).Count());
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); seen < value;)
        {
            var found = Interlocked.CompareExchange(ref target, value, seen);
            if (found == seen)
            {
                return;
            }

            seen = found;
        }
    }
}
