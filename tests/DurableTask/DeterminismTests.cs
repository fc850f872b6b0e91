using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.DurableTask.Tests;

public sealed class DeterminismTests
{
    [Theory]
    [InlineData("name", "activity 'Hello' #0", "activity 'Other' #0")]
    [InlineData("kind", "activity 'Hello' #0", "timer #0")]
    [InlineData("fewer", "activity 'Hello' #0", "decided nothing with id 0")]
    [InlineData("more", "the code waited here", "activity 'Other' #1")]
    public async Task Changed_code_fails_with_where_and_what_history_and_code_say(string change, string history, string code)
    {
        await using var hub = await TestHub.StartAsync();
        hub.Hello().Activity<string, string>("Other", x => x!);
        hub.Orchestrator("Code", async context =>
        {
            await context.CallActivityAsync("Hello", "x");
            return await context.WaitForExternalEvent<int>("go");
        });
        var id = await hub.ScheduleAsync("Code");
        await hub.HasAsync<HistoryEvent.TaskCompleted>(id);
        hub.Orchestrator("Code", async context =>
        {
            switch (change)
            {
                case "name":
                    await context.CallActivityAsync("Other", "x");
                    break;
                case "kind":
                    await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                    break;
                case "more":
                    await Task.WhenAll(context.CallActivityAsync("Hello", "x"), context.CallActivityAsync("Other", "x"));
                    break;
            }

            return await context.WaitForExternalEvent<int>("go");
        });
        await hub.Client.RaiseEventAsync(id, "go", 1);

        var failure = (await hub.EndAsync(id)).FailureDetails!;

        Assert.Equal("DurableTask.Core.Exceptions.NonDeterministicOrchestrationException", failure.ErrorType);
        Assert.Contains("at event #", failure.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains(history, failure.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains(code, failure.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_differs_in_letter_case_only_is_the_same()
    {
        await using var hub = await TestHub.StartAsync();
        var name = "Hello";
        hub.Hello().Orchestrator("Code", async context =>
        {
            await context.CallActivityAsync(name, "x");
            return await context.WaitForExternalEvent<int>("go");
        });
        var id = await hub.ScheduleAsync("Code");
        await hub.HasAsync<HistoryEvent.TaskCompleted>(id);
        name = "HELLO";
        await hub.Client.RaiseEventAsync(id, "go", 1);

        Assert.Equal(1, (await hub.EndAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task IsReplaying_is_true_over_the_past_and_false_over_what_is_new()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Hello().Orchestrator("Replays", async context =>
        {
            var seen = new List<bool> { context.IsReplaying };
            await context.CallActivityAsync("Hello", "a");
            seen.Add(context.IsReplaying);
            await context.CallActivityAsync("Hello", "b");
            seen.Add(context.IsReplaying);
            return seen;
        });

        var seen = (await hub.RunAsync("Replays")).ReadOutputAs<bool[]>()!;

        Assert.Equal([true, true, false], seen);
        Assert.Equal(3, hub.Code.Episodes);
    }

    [Fact]
    public async Task The_clock_stands_still_within_an_episode_and_is_the_same_in_a_replay()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Clock", async context =>
        {
            var first = context.CurrentUtcDateTime;
            await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            var second = context.CurrentUtcDateTime;
            await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            return new[] { first, second, context.CurrentUtcDateTime };
        });
        var start = hub.Clock.GetUtcNow().UtcDateTime;
        var id = await hub.ScheduleAsync("Clock");
        await hub.HasAsync<HistoryEvent.TimerCreated>(id, 1);
        await hub.AdvanceAsync(TimeSpan.FromHours(1));
        await hub.HasAsync<HistoryEvent.TimerCreated>(id, 2);
        await hub.AdvanceAsync(TimeSpan.FromHours(1));

        var times = (await hub.EndAsync(id)).ReadOutputAs<DateTime[]>()!;

        Assert.Equal([start, start.AddHours(1), start.AddHours(2)], times);
        Assert.All(times, time => Assert.Equal(DateTimeKind.Utc, time.Kind));
    }

    [Fact]
    public async Task New_ids_are_the_same_in_every_replay_and_differ_from_each_other()
    {
        await using var hub = await TestHub.StartAsync();
        var seen = new HashSet<Guid>();
        hub.Hello().Orchestrator("Ids", async context =>
        {
            Guid[] ids = [context.NewGuid(), context.NewGuid()];
            seen.UnionWith(ids);
            await context.CallActivityAsync("Hello", "x");
            await context.CallActivityAsync("Hello", "y");
            return ids;
        });

        var ids = (await hub.RunAsync("Ids", id: "ids")).ReadOutputAs<Guid[]>()!;

        Assert.Equal(2, seen.Count);
        Assert.Equal(seen.Order(), ids.Order());
        Assert.All(ids, id => Assert.Equal(5, id.Version));
    }

    // Worked out with another implementation of version 5 ids (Python's uuid.uuid5) from the documented name.
    [Fact]
    public void A_new_id_is_the_documented_version_5_id() => Assert.Equal(
        new Guid("fa33a609-a2d8-5712-bfd0-d93c9e20ac16"),
        ReplayGuid.Create("instance", new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddTicks(6), 0));

    [Fact]
    public async Task A_replay_safe_logger_writes_each_line_once()
    {
        using var lines = new ListLogger();
        await using var hub = await TestHub.StartAsync(loggerFactory: lines);
        hub.Hello().Orchestrator("Log", async context =>
        {
            var logger = context.CreateReplaySafeLogger<DeterminismTests>();
            logger.LogInformation("begin");
            await context.CallActivityAsync("Hello", "x");
            logger.LogInformation("middle");
            await context.CallActivityAsync("Hello", "y");
            logger.LogInformation("end");
            return logger.IsEnabled(LogLevel.Information);
        });

        Assert.True((await hub.RunAsync("Log")).ReadOutputAs<bool>());
        Assert.Equal(["begin", "middle", "end"], lines.Of(nameof(DeterminismTests)));
    }

    [Fact]
    public async Task Durable_entities_are_refused_by_name()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Entity", context => Task.FromResult(context.Entities.ToString()));

        var failure = (await hub.RunAsync("Entity")).FailureDetails!;

        Assert.True(failure.IsCausedBy<NotSupportedException>());
        Assert.Contains("TaskOrchestrationContext.Entities", failure.ErrorMessage, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => hub.Client.Entities);
    }

    private sealed class ListLogger : ILoggerFactory
    {
        private readonly List<(string Category, string Line)> _lines = [];

        public IEnumerable<string> Of(string category)
        {
            lock (_lines)
            {
                return [.. _lines.Where(line => line.Category.EndsWith(category, StringComparison.Ordinal)).Select(line => line.Line)];
            }
        }

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

        public void Dispose()
        {
        }

        private sealed class Logger(ListLogger owner, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(
                LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                lock (owner._lines)
                {
                    owner._lines.Add((category, formatter(state, exception)));
                }
            }
        }
    }
}
