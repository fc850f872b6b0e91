using EventFunctions.Local.Journal;
using EventFunctions.Local.Journal.Compaction;
using EventFunctions.Tests.Support;
using EventFunctions.Tests.Support.Disks;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.DurableTask.Tests.Durability;

public sealed class RestartTests
{
    private readonly SimulatedDisk _disk = new(new Random(1));
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task Timers_and_scheduled_starts_fire_after_a_restart_also_those_that_fell_due_meanwhile()
    {
        await RunAsync(Define, async hub =>
        {
            await hub.ScheduleAsync("Sleep", 1, "short");
            await hub.ScheduleAsync("Sleep", 5, "long");
            await hub.Client.ScheduleNewOrchestrationInstanceAsync("Sleep", 1, new StartOrchestrationOptions("later", _clock.GetUtcNow().AddHours(2)));
            await Eventually.HoldsAsync(() => hub.Engine.Counts.WaitingTimers == 3, "all wait");
        });
        _clock.Advance(TimeSpan.FromHours(1));

        await RunAsync(Define, async hub =>
        {
            Assert.Equal(1, (await hub.EndAsync("short")).ReadOutputAs<int>());
            Assert.Equal(2, hub.Engine.Counts.WaitingTimers);
            await hub.AdvanceAsync(TimeSpan.FromHours(1), whenTimers: 2);
            await hub.HasAsync<HistoryEvent.TimerCreated>("later");
            await hub.AdvanceAsync(TimeSpan.FromHours(3), whenTimers: 2);
            Assert.Equal(5, (await hub.EndAsync("long")).ReadOutputAs<int>());
            Assert.Equal(1, (await hub.EndAsync("later")).ReadOutputAs<int>());
        });

        static void Define(TestHub hub) => hub.Orchestrator("Sleep", async context =>
        {
            await context.CreateTimer(TimeSpan.FromHours(context.GetInput<int>()), CancellationToken.None);
            return context.GetInput<int>();
        });
    }

    [Fact]
    public async Task An_activity_without_a_recorded_answer_runs_again_and_one_with_an_answer_does_not()
    {
        var never = new TaskCompletionSource<object?>();
        await RunAsync(hub => Define(hub, never.Task), async hub =>
        {
            await hub.ScheduleAsync("Two", id: "two");
            await hub.HasAsync<HistoryEvent.TaskCompleted>("two");
            await Eventually.HoldsAsync(() => hub.Calls("Open") == 1, "the other one runs");
        });

        await RunAsync(hub => Define(hub, Task.FromResult<object?>("b")), async hub =>
        {
            Assert.Equal(["a", "b"], (await hub.EndAsync("two")).ReadOutputAs<string[]>()!);
            Assert.Equal((0, 1), (hub.Calls("Done"), hub.Calls("Open")));
        });

        static void Define(TestHub hub, Task<object?> open)
        {
            hub.Activity<string, string>("Done", _ => "a");
            hub.Code.Activity("Open", (_, abort) => open.WaitAsync(abort));
            hub.Orchestrator("Two", context => Task.WhenAll(context.CallActivityAsync<string>("Done"), context.CallActivityAsync<string>("Open")));
        }
    }

    [Fact]
    public async Task Events_parents_and_what_was_suspended_are_there_after_a_restart_from_a_snapshot_and_from_the_log()
    {
        var small = new JournalOptions { SegmentBytes = 4096, Compaction = new CompactionPolicy { MinBytes = 4096 } };
        foreach (var options in new[] { new JournalOptions(), small })
        {
            var disk = new SimulatedDisk(new Random(2));
            await using (var hub = await TestHub.OpenAsync(disk, _clock, journal: options))
            {
                Define(hub);
                await hub.Engine.StartAsync(CancellationToken.None);
                await hub.ScheduleAsync("Parent", id: "p");
                await hub.ScheduleAsync("Wait", id: "s");
                await hub.BegunAsync("s");
                await hub.Client.SuspendInstanceAsync("s");
                await hub.IsAsync("s", OrchestrationRuntimeStatus.Suspended);
                await hub.Client.RaiseEventAsync("s", "go", 7);
                await hub.BegunAsync("child");
                for (var i = 0; i < 50; i++)
                {
                    await hub.RunAsync("Quick", new string('x', 100), $"q{i}");
                }

                if (options == small)
                {
                    await Eventually.HoldsAsync(() => disk.List().Any(name => name.EndsWith(".snapshot", StringComparison.Ordinal)), "there is a snapshot");
                }
            }

            await using (var hub = await TestHub.OpenAsync(disk, _clock, journal: options))
            {
                Define(hub);
                await hub.Engine.StartAsync(CancellationToken.None);
                Assert.Equal(53, hub.Engine.Counts.Instances);
                Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await hub.Client.GetInstanceAsync("s"))!.RuntimeStatus);
                await hub.Client.ResumeInstanceAsync("s");
                await hub.Client.RaiseEventAsync("child", "go", 9);
                Assert.Equal(7, (await hub.EndAsync("s")).ReadOutputAs<int>());
                Assert.Equal(9, (await hub.EndAsync("p")).ReadOutputAs<int>());
                Assert.Equal(100, (await hub.EndAsync("q49")).ReadOutputAs<string>()!.Length);
            }
        }

        static void Define(TestHub hub) => hub
            .Orchestrator("Parent", context => context.CallSubOrchestratorAsync<int>("Wait", options: new SubOrchestrationOptions(instanceId: "child")))
            .Orchestrator("Wait", context => context.WaitForExternalEvent<int>("go"))
            .Orchestrator("Quick", context => Task.FromResult(context.GetInput<string>()));
    }

    [Fact]
    public async Task An_end_of_the_log_that_was_never_acknowledged_is_cut_off_and_told()
    {
        await RunAsync(Define, hub => hub.RunAsync("Quick", "kept", "kept"));
        var log = _disk.List().Single(name => name.EndsWith(".segment", StringComparison.Ordinal));
        _disk.Put(log, [.. _disk.ReadAll(log), 1, 2, 3]);

        using var messages = new MessageRecorder(LogLevel.Warning);
        await using var hub = await TestHub.OpenAsync(_disk, _clock, messages);

        Assert.Equal(3, hub.Engine.Recovery!.Cut!.Bytes);
        Assert.Contains(messages.Messages, m => m.Contains("never acknowledged", StringComparison.Ordinal));
        Assert.Equal("kept", (await hub.EndAsync("kept")).ReadOutputAs<string>());

        static void Define(TestHub hub) => hub.Orchestrator("Quick", context => Task.FromResult(context.GetInput<string>()));
    }

    [Fact]
    public async Task A_second_engine_on_the_same_folder_is_refused()
    {
        var folder = MemoryFolder.Create("engine-");
        try
        {
            await using var first = await OpenAsync(folder);
            await Assert.ThrowsAsync<JournalInUseException>(() => OpenAsync(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        static Task<DurableTaskEngine> OpenAsync(string folder) => DurableTaskEngine.OpenAsync(
            folder,
            new TestDispatcher(),
            new DurableTaskEngineOptions(),
            TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance,
            CancellationToken.None);
    }

    private async Task RunAsync(Action<TestHub> define, Func<TestHub, Task> act)
    {
        await using var hub = await TestHub.OpenAsync(_disk, _clock);
        define(hub);
        await hub.Engine.StartAsync(CancellationToken.None);
        await act(hub);
    }
}
