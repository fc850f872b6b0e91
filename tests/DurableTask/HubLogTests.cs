using System.Collections.Concurrent;

namespace EventFunctions.Local.DurableTask.Tests;

public sealed class HubLogTests
{
    [Fact]
    public async Task The_records_of_a_log_make_the_same_hub_again()
    {
        var log = new RecordingLog();
        await using var hub = await TestHub.StartAsync(log: log);
        hub.Hello();
        hub.Orchestrator("Child", context => context.CallActivityAsync<string>("Hello", context.InstanceId));
        hub.Orchestrator("Parent", async context =>
        {
            var n = context.GetInput<int>();
            await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => context.CallSubOrchestratorAsync("Child")));
            if (n < 3)
            {
                context.ContinueAsNew(n + 1);
            }

            return await context.WaitForExternalEvent<string>("go", TimeSpan.FromHours(1));
        });
        var id = await hub.ScheduleAsync("Parent", 0, "p");
        await hub.ScheduleAsync("Child", id: "purged");
        await hub.EndAsync("purged");
        await hub.Client.PurgeInstanceAsync("purged");
        for (var i = 0; i < 3; i++)
        {
            await hub.Client.RaiseEventAsync(id, "go", $"{i}");
        }

        await hub.Engine.StopAsync(CancellationToken.None);

        var rebuilt = new HubTables();
        foreach (var record in log.Records)
        {
            rebuilt.Apply(record);
        }

        Assert.Equal(hub.Engine.Counts.Instances, rebuilt.All.Count);
        Assert.Null(rebuilt.Find("purged"));
        Assert.All(rebuilt.All, entry => Assert.Equal(hub.Engine.GetHistory(entry.State.InstanceId), entry.History));
    }

    [Fact]
    public async Task Nothing_happens_before_its_record_is_durable()
    {
        var log = new GatedLog();
        await using var hub = await TestHub.StartAsync(log: log);
        hub.Hello().Orchestrator("Greet", context => context.CallActivityAsync<string>("Hello", "you"));

        var scheduling = hub.ScheduleAsync("Greet");
        await log.WaitsAsync();
        Assert.False(scheduling.IsCompleted);
        Assert.Equal((0, 0), (hub.Code.Episodes, hub.Engine.Counts.ReadyInstances));
        log.LetThrough();
        var id = await scheduling;
        await log.WaitsAsync();
        Assert.Equal((1, 0), (hub.Code.Episodes, hub.Calls("Hello")));
        log.Open();

        Assert.Equal("Hello you!", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_broken_log_stops_the_hub_with_its_cause()
    {
        var log = new GatedLog();
        await using var hub = await TestHub.StartAsync(log: log);
        hub.Hello().Orchestrator("Greet", context => context.CallActivityAsync<string>("Hello", "you"));
        var scheduling = hub.ScheduleAsync("Greet");
        await log.WaitsAsync();
        log.Break(new IOException("disk full"));

        await Assert.ThrowsAsync<IOException>(() => scheduling);
        var refused = await Assert.ThrowsAsync<HubStoppedException>(() => hub.ScheduleAsync("Greet"));

        Assert.IsType<IOException>(refused.InnerException);
        Assert.Equal(0, hub.Code.Episodes);
    }

    internal sealed class RecordingLog : IHubLog
    {
        public ConcurrentQueue<HubRecord> Records { get; } = new();

        public Task AppendAsync(HubRecord record)
        {
            Records.Enqueue(record);
            return Task.CompletedTask;
        }
    }

    private sealed class GatedLog : IHubLog
    {
        private readonly ConcurrentQueue<TaskCompletionSource> _waiting = new();
        private volatile bool _isOpen;

        public Task AppendAsync(HubRecord record)
        {
            if (_isOpen)
            {
                return Task.CompletedTask;
            }

            var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(gate);
            return gate.Task;
        }

        public Task WaitsAsync() => EventFunctions.Tests.Support.Eventually.HoldsAsync(() => !_waiting.IsEmpty, "a record waits");

        public void LetThrough() => Take().SetResult();

        public void Break(Exception cause) => Take().SetException(cause);

        public void Open()
        {
            _isOpen = true;
            LetThrough();
        }

        private TaskCompletionSource Take() =>
            _waiting.TryDequeue(out var gate) ? gate : throw new InvalidOperationException("No record waits.");
    }
}
