using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask.Tests.Conformance;

/// <summary>
/// What orchestrator code can do about failures (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-error-handling):
/// they are exceptions of the language, so everything that the language has for them works.
/// </summary>
public sealed class FailureConformance
{
    [Fact]
    public async Task A_failure_tells_which_of_several_calls_it_was()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => Tasks(tasks).Orchestrator("O", async context =>
        {
            await context.CallActivityAsync<int>("Work", 1);
            var lost = context.CallActivityAsync<int>("Break", "first");
            var alsoLost = context.CallActivityAsync<int>("Break", "second");
            return new[] { await IdOfAsync(alsoLost), await IdOfAsync(lost) };
        }));

        Assert.Equal(["Break 2 second", "Break 1 first"], (await hub.RunAsync("O")).ReadOutputAs<string[]>()!);

        static async Task<string> IdOfAsync(Task call)
        {
            try
            {
                await call;
                return "succeeded";
            }
            catch (TaskFailedException failed)
            {
                return $"{failed.TaskName} {failed.TaskId} {failed.FailureDetails.ErrorMessage}";
            }
        }
    }

    [Fact]
    public async Task What_is_in_a_finally_runs_with_its_durable_calls()
    {
        var undone = new List<int>();
        await using var hub = await ConformanceHub.StartAsync(tasks => Tasks(tasks)
            .Activity<int, int>("Undo", n =>
            {
                undone.Add(n);
                return n;
            })
            .Orchestrator("O", async context =>
            {
                try
                {
                    return await context.CallActivityAsync<int>("Break", "torn");
                }
                finally
                {
                    await context.CallActivityAsync<int>("Undo", 2);
                    await context.CallActivityAsync<int>("Undo", 1);
                }
            }));

        var ended = await hub.RunAsync("O");

        Assert.Equal((OrchestrationRuntimeStatus.Failed, "torn"), (ended.RuntimeStatus, ended.FailureDetails!.InnerFailure!.ErrorMessage));
        Assert.Equal([2, 1], undone);
    }

    [Fact]
    public async Task A_join_of_several_failures_holds_them_all()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => Tasks(tasks).Orchestrator("O", async context =>
        {
            var join = Task.WhenAll(
                context.CallActivityAsync<int>("Break", "a"), context.CallActivityAsync<int>("Work", 1), context.CallActivityAsync<int>("Break", "b"));
            try
            {
                await join;
                return [];
            }
            catch (TaskFailedException)
            {
                return join.Exception!.InnerExceptions.Cast<TaskFailedException>().Select(failed => failed.FailureDetails.ErrorMessage).ToArray();
            }
        }));

        Assert.Equal(["a", "b"], (await hub.RunAsync("O")).ReadOutputAs<string[]>()!);
    }

    [Fact]
    public async Task An_exception_type_of_the_app_s_own_is_recognised()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, int>("Pay", int (_) => throw new CardRefusedException("expired"))
            .Orchestrator("O", async context =>
            {
                try
                {
                    await context.CallActivityAsync<int>("Pay", 1);
                    return "paid";
                }
                catch (TaskFailedException failed) when (failed.FailureDetails.IsCausedBy<CardRefusedException>())
                {
                    return $"{failed.FailureDetails.ErrorType == typeof(CardRefusedException).FullName} {failed.FailureDetails.IsCausedBy<InvalidOperationException>()}";
                }
            }));

        Assert.Equal("True True", (await hub.RunAsync("O")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_activity_that_was_cancelled_has_failed()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, int>("Work", int (_) => throw new OperationCanceledException("no time"))
            .Orchestrator("O", async context =>
            {
                try
                {
                    return $"{await context.CallActivityAsync<int>("Work", 1)}";
                }
                catch (TaskFailedException failed)
                {
                    return $"{failed.FailureDetails.ErrorType} {failed.FailureDetails.ErrorMessage}";
                }
            }));

        Assert.Equal("System.OperationCanceledException no time", (await hub.RunAsync("O")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_failure_that_is_thrown_on_inside_another_exception_is_its_cause()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => Tasks(tasks).Orchestrator("O", async context =>
        {
            try
            {
                return await context.CallActivityAsync<int>("Break", "torn");
            }
            catch (TaskFailedException failed)
            {
                throw new InvalidOperationException("gave up", failed);
            }
        }));

        var failure = (await hub.RunAsync("O")).FailureDetails!;

        Assert.Equal(("System.InvalidOperationException", "gave up"), (failure.ErrorType, failure.ErrorMessage));
        Assert.Equal("Microsoft.DurableTask.TaskFailedException", failure.InnerFailure!.ErrorType);
        Assert.EndsWith("torn", failure.InnerFailure.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_call_that_nobody_awaits_fails_nothing()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => Tasks(tasks).Orchestrator("O", async context =>
        {
            var ignored = context.CallActivityAsync<int>("Break", "torn");
            var result = await context.CallActivityAsync<int>("Work", 5);
            return ignored.IsCompletedSuccessfully ? -1 : result;
        }));

        var ended = await hub.RunAsync("O");

        Assert.Equal((OrchestrationRuntimeStatus.Completed, 5), (ended.RuntimeStatus, ended.ReadOutputAs<int>()));
    }

    [Theory]
    [InlineData("over\ntwo lines")]
    [InlineData("\u65e5\u672c\u8a9e \"quoted\" \\")]
    [InlineData("")]
    public async Task A_message_comes_through_as_it_is(string message)
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => Tasks(tasks).Orchestrator("O", async context =>
        {
            try
            {
                await context.CallActivityAsync<int>("Break", message);
                return null;
            }
            catch (TaskFailedException failed)
            {
                return failed.FailureDetails.ErrorMessage;
            }
        }));

        Assert.Equal(message, (await hub.RunAsync("O")).ReadOutputAs<string>());
    }

    private static TaskTable Tasks(TaskTable tasks) => tasks
        .Activity<int, int>("Work", n => n)
        .Activity<string, int>("Break", int (message) => throw new InvalidDataException(message));

    private sealed class CardRefusedException(string message) : InvalidOperationException(message);
}
