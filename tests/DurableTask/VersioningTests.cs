using EventFunctions.Tests.Support;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.DurableTask.Tests;

/// <summary>
/// Which instances are run, by the page "Orchestration versioning"
/// (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-orchestration-versioning).
/// </summary>
public sealed class VersioningTests
{
    [Theory]
    [InlineData(VersionMatchStrategy.None, "3.0", true)]
    [InlineData(VersionMatchStrategy.None, "", true)]
    [InlineData(VersionMatchStrategy.Strict, "2.0", true)]
    [InlineData(VersionMatchStrategy.Strict, "1.0", false)]
    [InlineData(VersionMatchStrategy.Strict, "3.0", false)]
    [InlineData(VersionMatchStrategy.Strict, "", false)]
    [InlineData(VersionMatchStrategy.CurrentOrOlder, "2.0", true)]
    [InlineData(VersionMatchStrategy.CurrentOrOlder, "1.9.9", true)]
    [InlineData(VersionMatchStrategy.CurrentOrOlder, "", true)]
    [InlineData(VersionMatchStrategy.CurrentOrOlder, "2.0.1", false)]
    [InlineData(VersionMatchStrategy.CurrentOrOlder, "10.0", false)]
    [InlineData(VersionMatchStrategy.CurrentOrOlder, "later", false)]
    public async Task A_version_that_does_not_match_fails_the_instance_if_it_is_to(VersionMatchStrategy match, string version, bool runs)
    {
        await using var hub = await StartAsync(match, VersionFailureStrategy.Fail);

        await hub.Client.ScheduleNewOrchestrationInstanceAsync("O", new StartOrchestrationOptions("o") { Version = version });
        var ended = await hub.EndAsync("o");

        Assert.Equal(runs ? OrchestrationRuntimeStatus.Completed : OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal(runs ? 1 : 0, hub.Code.Episodes);
        if (!runs)
        {
            Assert.Equal("VersionMismatch", ended.FailureDetails!.ErrorType);
            Assert.Contains($"'{version}'", ended.FailureDetails.ErrorMessage, StringComparison.Ordinal);
            Assert.Contains("'2.0'", ended.FailureDetails.ErrorMessage, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_rejected_instance_stays_as_it_is_and_is_named_with_its_version()
    {
        var log = new Lines();
        await using var hub = await StartAsync(VersionMatchStrategy.CurrentOrOlder, VersionFailureStrategy.Reject, log);

        await hub.Client.ScheduleNewOrchestrationInstanceAsync("O", new StartOrchestrationOptions("o") { Version = "3.0" });

        await Eventually.HoldsAsync(() => log.Count("'3.0'") == 1, "the rejection is logged");
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await hub.Client.GetInstanceAsync("o"))!.RuntimeStatus);
        Assert.Equal(0, hub.Code.Episodes);
        Assert.Equal(0, hub.Engine.Counts.ReadyInstances);
    }

    [Fact]
    public async Task A_rejected_instance_is_run_by_a_host_of_its_version_with_all_that_reached_it()
    {
        var log = new HubLogTests.RecordingLog();
        await using var older = await StartAsync(VersionMatchStrategy.CurrentOrOlder, VersionFailureStrategy.Reject, hubLog: log);
        await older.Client.ScheduleNewOrchestrationInstanceAsync("O", new StartOrchestrationOptions("o") { Version = "3.0" });
        await older.Client.RaiseEventAsync("o", "go", 5);

        var tables = new HubTables();
        foreach (var record in log.Records)
        {
            tables.Apply(record);
        }

        var entry = tables.Find("o")!;
        Assert.Equal(2, entry.Inbox.Count);
        Assert.Empty(InboxSelection.Select(entry.State, entry.Inbox, older.Clock.GetUtcNow(), isRejected: true).Events);
        Assert.Equal(2, InboxSelection.Select(entry.State, entry.Inbox, older.Clock.GetUtcNow(), isRejected: false).Events.Length);
    }

    [Fact]
    public async Task A_rejected_instance_can_be_terminated()
    {
        await using var hub = await StartAsync(VersionMatchStrategy.Strict, VersionFailureStrategy.Reject);
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("O", new StartOrchestrationOptions("o") { Version = "3.0" });

        await hub.Client.TerminateInstanceAsync("o");

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await hub.EndAsync("o")).RuntimeStatus);
        Assert.Equal(0, hub.Code.Episodes);
    }

    [Fact]
    public async Task Sub_orchestrations_have_the_default_version_and_activities_that_of_their_orchestration()
    {
        await using var hub = await StartAsync(VersionMatchStrategy.CurrentOrOlder, VersionFailureStrategy.Fail);
        hub.Activity<object, int>("A", _ => 1);
        hub.Orchestrator("Parent", async context =>
        {
            await context.CallActivityAsync("A");
            await context.CallActivityAsync("A", null, new TaskOptions { Version = "7" });
            return await context.CallSubOrchestratorAsync<string>("O") + await context.CallSubOrchestratorAsync<string>(
                "O", null, new SubOrchestrationOptions { Version = "1.5" });
        });

        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Parent", new StartOrchestrationOptions("p") { Version = "1.0" });
        var ended = await hub.EndAsync("p");

        Assert.Equal("2.01.5", ended.ReadOutputAs<string>());
        Assert.Equal(["1.0", "7"], hub.Engine.GetHistory("p").OfType<HistoryEvent.ActivityScheduled>().Select(call => call.Version));
    }

    private static async Task<TestHub> StartAsync(
        VersionMatchStrategy match, VersionFailureStrategy failure, ILoggerFactory? log = null, IHubLog? hubLog = null)
    {
        var hub = await TestHub.StartAsync(
            new DurableTaskEngineOptions { DefaultVersion = "2.0", VersionMatch = match, VersionFailure = failure }, log, hubLog);
        return hub.Orchestrator("O", context => Task.FromResult(context.Version));
    }

    /// <summary>Keeps what is logged.</summary>
    private sealed class Lines : ILoggerFactory, ILogger
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = new();

        public int Count(string part) => _lines.Count(line => line.Contains(part, StringComparison.Ordinal));

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("There is one provider.");

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
