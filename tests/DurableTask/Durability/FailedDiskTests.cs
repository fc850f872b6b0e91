using EventFunctions.Local.Journal;
using EventFunctions.Tests.Support;
using EventFunctions.Tests.Support.Disks;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.DurableTask.Tests.Durability;

public sealed class FailedDiskTests
{
    private const int Instances = 20;

    [Theory]
    [InlineData(DiskFault.FullDisk)]
    [InlineData(DiskFault.FailedSync)]
    public async Task When_the_disk_fails_the_engine_stops_with_the_cause_and_what_was_acknowledged_goes_on_after_a_restart(DiskFault fault)
    {
        var disk = new SimulatedDisk(new Random(1));
        var clock = new ManualTimeProvider();
        using var messages = new MessageRecorder(LogLevel.Critical);
        List<string> acknowledged;
        await using (var hub = await TestHub.OpenAsync(disk, clock, messages))
        {
            Define(hub);
            await hub.Engine.StartAsync(CancellationToken.None);
            await hub.ScheduleAsync("Wait", id: "before");
            await hub.BegunAsync("before");
            var waiting = hub.Client.WaitForInstanceCompletionAsync("before", CancellationToken.None);

            disk.FailNext(fault);
            var starts = await Task.WhenAll(Enumerable.Range(0, Instances).Select(i => StartsAsync(hub, $"i{i}")));
            await hub.Engine.Failed.WaitAsync(Eventually.DefaultDeadline);
            acknowledged = [.. starts.OfType<string>()];

            Assert.True(acknowledged.Count < Instances);
            await IsStoppedAsync(() => waiting);
            await IsStoppedAsync(() => hub.ScheduleAsync("Wait"));
            await IsStoppedAsync(() => hub.Client.GetInstanceAsync("before"));
            await IsStoppedAsync(() => hub.Client.RaiseEventAsync("before", "go"));
            await IsStoppedAsync(() => hub.Engine.StartAsync(CancellationToken.None));
            Assert.Single(messages.Messages, m => m.Contains("its log takes no more", StringComparison.Ordinal));
        }

        disk.Restart();
        await using (var hub = await TestHub.OpenAsync(disk, clock))
        {
            Define(hub);
            await hub.Engine.StartAsync(CancellationToken.None);
            Assert.InRange(hub.Engine.Counts.Instances, acknowledged.Count + 1, Instances + 1);
            foreach (var id in acknowledged.Append("before"))
            {
                await hub.Client.RaiseEventAsync(id, "go", id);
                Assert.Equal(id, (await hub.EndAsync(id)).ReadOutputAs<string>());
            }
        }
    }

    [Fact]
    public async Task Nothing_is_told_of_an_instance_that_a_crash_could_still_take_back()
    {
        var disk = new SimulatedDisk(new Random(1));
        await using var hub = await TestHub.OpenAsync(disk, new ManualTimeProvider());
        Define(hub);
        await disk.SyncGate.WaitAsync();
        var start = hub.ScheduleAsync("Wait", id: "i");
        var query = hub.Client.GetInstanceAsync("i");
        var list = hub.Client.ListInstanceIdsAsync();
        await Eventually.HoldsAsync(() => hub.Engine.Counts.Instances == 1, "it is there in memory");
        Assert.Equal((false, false, false), (start.IsCompleted, query.IsCompleted, list.IsCompleted));
        disk.SyncGate.Release();

        Assert.Equal("i", await start);
        Assert.Equal("i", (await query)!.InstanceId);
        Assert.Equal(["i"], (await list).Values);
    }

    [Fact]
    public async Task What_the_log_cannot_take_fails_its_instance_alone()
    {
        var log = new PickyLog(record => record switch
        {
            HubRecord.EpisodeCommitted commit => commit.Events.Any(e => e is HistoryEvent.ExecutionEnded { Output: "\"huge\"" }),
            HubRecord.MessageReceived { Event: HistoryEvent.TaskCompleted { Result: "\"huge\"" } } => true,
            _ => false,
        });
        await using var hub = await TestHub.StartAsync(log: log);
        hub.Activity<string, string>("Grow", _ => "huge");
        hub.Orchestrator("Own", _ => Task.FromResult("huge")).Orchestrator("Call", context => context.CallActivityAsync<string>("Grow"))
            .Orchestrator("Small", _ => Task.FromResult("small"));

        var (own, call, small) = (await hub.RunAsync("Own"), await hub.RunAsync("Call"), await hub.RunAsync("Small"));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, own.RuntimeStatus);
        Assert.Contains("too large", own.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, call.RuntimeStatus);
        Assert.Contains("too large", call.FailureDetails!.InnerFailure!.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal("small", small.ReadOutputAs<string>());
    }

    private static void Define(TestHub hub) => hub.Orchestrator("Wait", context => context.WaitForExternalEvent<string>("go"));

    /// <returns>The id if the start was acknowledged.</returns>
    private static async Task<string?> StartsAsync(TestHub hub, string id)
    {
        try
        {
            return await hub.ScheduleAsync("Wait", id: id);
        }
        catch (Exception refused) when (refused is JournalFailedException or HubStoppedException)
        {
            return null;
        }
    }

    private static async Task IsStoppedAsync(Func<Task> call)
    {
        var stopped = await Assert.ThrowsAsync<HubStoppedException>(call);
        Assert.IsType<JournalFailedException>(stopped.InnerException);
    }

    private sealed class PickyLog(Func<HubRecord, bool> refuses) : IHubLog
    {
        public Task AppendAsync(HubRecord record) =>
            refuses(record) ? throw new ArgumentException("The record is too large.", nameof(record)) : Task.CompletedTask;
    }
}
