using EventFunctions.Tests.Support;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask.Tests;

/// <summary>What becomes of orchestrator code that does not give back its thread.</summary>
public sealed class BlockedThreadTests
{
    private static readonly DurableTaskEngineOptions Impatient = new() { MaximumBlockingTime = TimeSpan.FromMilliseconds(100), MaxConcurrentOrchestrators = 1 };

    public static TheoryData<string, Action<TaskOrchestrationContext>> Blocking { get; } = new()
    {
        { "Result", context => _ = context.CallActivityAsync<string>("Hello", "x").Result },
        { "Wait", context => context.CreateTimer(TimeSpan.FromMinutes(1), CancellationToken.None).Wait() },
        { "GetResult", context => context.WaitForExternalEvent<int>("never").GetAwaiter().GetResult() },
        { "WaitAll", context => Task.WaitAll(context.CallActivityAsync("Hello", "x"), context.CallActivityAsync("Hello", "y")) },
        { "WaitAny", context => Task.WaitAny(context.CallSubOrchestratorAsync("Sub"), context.CallActivityAsync("Hello", "y")) },
        { "Delay", _ => Task.Delay(TimeSpan.FromHours(1)).Wait() },
        { "event", _ => new ManualResetEventSlim().Wait() },
        { "handle", _ => new AutoResetEvent(initialState: false).WaitOne() },
        { "semaphore", _ => new SemaphoreSlim(0).Wait() },
        { "join", _ => Forever().Join() },
    };

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task A_wait_that_blocks_the_thread_fails_the_instance_and_gives_the_thread_back(string how, Action<TaskOrchestrationContext> block)
    {
        await using var hub = await TestHub.StartAsync(Impatient);
        hub.Hello().Orchestrator("Sub", _ => Task.FromResult(0)).Orchestrator("Bad", context =>
        {
            block(context);
            return Task.FromResult(how);
        });
        hub.Orchestrator("Good", context => context.CallActivityAsync<string>("Hello", "x"));

        var ended = await hub.RunAsync("Bad", id: "bad");

        AssertBlocked(ended);
        Assert.Contains("'bad' has blocked its thread for 0.1 s", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains(nameof(BlockedThreadTests), ended.FailureDetails.StackTrace, StringComparison.Ordinal);
        Assert.Equal("Hello x!", (await hub.RunAsync("Good")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Code_that_catches_it_fails_all_the_same_and_nothing_it_decides_then_is_kept()
    {
        await using var hub = await TestHub.StartAsync(Impatient);
        hub.Hello().Orchestrator("Bad", async context =>
        {
            try
            {
                context.CallActivityAsync("Hello", "x").Wait();
            }
            catch (InvalidOperationException)
            {
                await context.CallActivityAsync("Hello", "y");
            }

            return 0;
        });

        AssertBlocked(await hub.RunAsync("Bad"));
        Assert.Equal(0, hub.Calls("Hello"));
    }

    [Fact]
    public async Task A_wait_that_ends_in_time_is_let_pass()
    {
        await using var hub = await TestHub.StartAsync();
        using var taken = new ManualResetEventSlim();
        using var contended = new ManualResetEventSlim();
        var gate = new Lock();
        var holder = new Thread(() =>
        {
            lock (gate)
            {
                taken.Set();
                contended.Wait();
            }
        });
        holder.Start();
        taken.Wait();
        hub.Orchestrator("Fine", _ =>
        {
            contended.Set();
            lock (gate)
            {
                return Task.FromResult(Enumerable.Range(0, 100).AsParallel().Sum());
            }
        });

        Assert.Equal(4950, (await hub.RunAsync("Fine")).ReadOutputAs<int>());
        holder.Join();
    }

    [Fact]
    public async Task Code_that_does_not_come_back_fails_its_instance_and_another_thread_takes_its_place()
    {
        var clock = new ManualTimeProvider();
        await using var hub = await TestHub.StartAsync(Impatient with { EpisodeClock = clock });
        var release = false;
        var entered = 0;
        hub.Hello().Orchestrator("Loops", async context =>
        {
            var text = await context.CallActivityAsync<string>("Hello", "x");
            Interlocked.Increment(ref entered);
            SpinWait.SpinUntil(() => Volatile.Read(ref release));
            return text + await context.CallActivityAsync<string>("Hello", "y");
        });
        hub.Orchestrator("Good", context => context.CallActivityAsync<string>("Hello", "z"));
        var id = await hub.ScheduleAsync("Loops");
        await Eventually.HoldsAsync(() => Volatile.Read(ref entered) == 1, "the code has begun to loop");
        var waits = await hub.ScheduleAsync("Good");

        clock.Advance(hub.Options.MaximumEpisodeTime);
        var ended = await hub.EndAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.True(ended.FailureDetails!.IsCausedBy<TimeoutException>());
        Assert.Contains("has not given back its thread for 60 s", ended.FailureDetails.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("activities", ended.FailureDetails.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal("Hello z!", (await hub.EndAsync(waits)).ReadOutputAs<string>());

        // It comes back after all, when somebody has taken the instance back: what it decides then counts for nothing.
        await hub.Client.RewindInstanceAsync(id, "mended");
        await Eventually.HoldsAsync(() => Volatile.Read(ref entered) == 2, "the instance runs again");
        Volatile.Write(ref release, true);

        Assert.Equal("Hello x!Hello y!", (await hub.EndAsync(id)).ReadOutputAs<string>());
        Assert.Equal((1, 1, 1), (Calls("\"x\""), Calls("\"y\""), Calls("\"z\"")));

        int Calls(string input) => hub.Code.Calls.Count(call => call.SerializedInput == input);
    }

    [Fact]
    public async Task An_engine_stops_while_code_does_not_come_back()
    {
        var clock = new ManualTimeProvider();
        await using var hub = await TestHub.StartAsync(Impatient with { EpisodeClock = clock });
        var release = false;
        var entered = false;
        hub.Orchestrator("Loops", _ =>
        {
            Volatile.Write(ref entered, true);
            SpinWait.SpinUntil(() => Volatile.Read(ref release));
            return Task.FromResult(0);
        });
        var id = await hub.ScheduleAsync("Loops");
        await Eventually.HoldsAsync(() => Volatile.Read(ref entered), "the code has begun to loop");
        clock.Advance(hub.Options.MaximumEpisodeTime);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await hub.EndAsync(id)).RuntimeStatus);

        using var deadline = new CancellationTokenSource(Eventually.DefaultDeadline);
        await hub.Engine.StopAsync(deadline.Token);

        Assert.False(deadline.IsCancellationRequested);
        Volatile.Write(ref release, true);
    }

    [Fact]
    public void Limits_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DurableTaskEngineOptions { MaximumBlockingTime = TimeSpan.FromSeconds(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DurableTaskEngineOptions { MaximumBlockingTime = TimeSpan.FromDays(2) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DurableTaskEngineOptions { MaximumEpisodeTime = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DurableTaskEngineOptions { ExtendedSessionIdleTime = TimeSpan.Zero });
    }

    private static void AssertBlocked(OrchestrationMetadata ended)
    {
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.True(ended.FailureDetails!.IsCausedBy<InvalidOperationException>());
        Assert.Contains(".GetResult()", ended.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }

    private static Thread Forever()
    {
        var thread = new Thread(() => Thread.Sleep(Timeout.Infinite)) { IsBackground = true };
        thread.Start();
        return thread;
    }
}
