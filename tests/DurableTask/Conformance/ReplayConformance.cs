using Microsoft.DurableTask;

namespace EventFunctions.Local.DurableTask.Tests.Conformance;

/// <summary>
/// What is the same in every replay (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-code-constraints and
/// …/durable-functions-orchestrations, "Reliability").
/// </summary>
public sealed class ReplayConformance
{
    [Fact]
    public async Task IsReplaying_is_true_over_what_has_happened_and_false_over_what_is_new()
    {
        var seen = new List<bool>();
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, int>("Work", n => n)
            .Orchestrator("O", async context =>
            {
                seen.Clear();
                seen.Add(context.IsReplaying);
                await context.CallActivityAsync("Work", 1);
                seen.Add(context.IsReplaying);
                await context.CallActivityAsync("Work", 2);
                seen.Add(context.IsReplaying);
                return seen.ToArray();
            }));

        var result = (await hub.RunAsync("O")).ReadOutputAs<bool[]>()!;

        Assert.Equal([true, true, false], result);
    }

    [Fact]
    public async Task The_clock_shows_the_same_in_every_replay_and_never_goes_back()
    {
        var seen = new List<DateTime[]>();
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, int>("Work", n => n)
            .Orchestrator("O", async context =>
            {
                var times = new List<DateTime> { context.CurrentUtcDateTime };
                for (var i = 0; i < 3; i++)
                {
                    await context.CallActivityAsync("Work", 1);
                    times.Add(context.CurrentUtcDateTime);
                    lock (seen)
                    {
                        seen.Add([.. times]);
                    }
                }

                return times;
            }));

        var times = (await hub.RunAsync("O")).ReadOutputAs<DateTime[]>()!;

        Assert.Equal(times.Order(), times);
        Assert.All(times, time => Assert.Equal(DateTimeKind.Utc, time.Kind));
        Assert.All(seen, earlier => Assert.Equal(times.Take(earlier.Length), earlier));
    }

    [Fact]
    public async Task New_ids_are_the_same_in_every_replay_and_no_two_are_the_same()
    {
        var seen = new HashSet<Guid>();
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, int>("Work", n => n)
            .Orchestrator("O", async context =>
            {
                var ids = new List<Guid>();
                for (var i = 0; i < 3; i++)
                {
                    ids.Add(context.NewGuid());
                    ids.Add(context.NewGuid());
                    await context.CallActivityAsync("Work", 1);
                }

                lock (seen)
                {
                    seen.UnionWith(ids);
                }

                return ids;
            }));

        var ids = (await hub.RunAsync("O")).ReadOutputAs<Guid[]>()!;

        Assert.Equal(6, ids.Distinct().Count());
        Assert.Equal(ids.Order(), seen.Order());
        Assert.All(ids, id => Assert.Equal('5', id.ToString()[14]));
    }

    [Fact]
    public async Task An_activity_whose_result_is_recorded_does_not_run_again()
    {
        var runs = 0;
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, int>("Count", _ => Interlocked.Increment(ref runs))
            .Orchestrator("O", async context =>
            {
                var results = new List<int>();
                for (var i = 0; i < 10; i++)
                {
                    results.Add(await context.CallActivityAsync<int>("Count", 0));
                }

                return results;
            }));

        Assert.Equal(Enumerable.Range(1, 10), (await hub.RunAsync("O")).ReadOutputAs<int[]>()!);
        Assert.Equal(10, runs);
    }

    [Fact]
    public async Task Custom_statuses_of_the_past_are_not_set_again()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", async context =>
        {
            context.SetCustomStatus("first");
            await context.WaitForExternalEvent<int>("a");
            context.SetCustomStatus("second");
            await context.WaitForExternalEvent<int>("b");
            return 0;
        }));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await hub.BegunAsync(id);
        await hub.Client.RaiseEventAsync(id, "a", 0);
        await hub.Client.RaiseEventAsync(id, "b", 0);

        Assert.Equal("second", (await hub.EndAsync(id)).ReadCustomStatusAs<string>());
    }

    [Theory]
    [InlineData("1.0", "1.0", 0)]
    [InlineData("1.0", "1.1", -1)]
    [InlineData("1.10", "1.9", 1)]
    [InlineData("2", "1", 1)]
    [InlineData("", "1.0", -1)]
    [InlineData("", "", 0)]
    [InlineData("1.0", "", 1)]
    [InlineData("beta", "Alpha", 1)]
    public async Task An_instance_s_version_is_told_and_compared(string version, string other, int sign)
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator(
            "O", context => Task.FromResult($"{context.Version} {Math.Sign(context.CompareVersionTo(context.GetInput<string>()!))}")));

        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O", other, new StartOrchestrationOptions { Version = new TaskVersion(version) });

        Assert.Equal($"{version} {sign}", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }
}
