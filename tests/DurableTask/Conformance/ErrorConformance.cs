using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask.Tests.Conformance;

/// <summary>
/// Failures (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-error-handling; what their details hold by
/// microsoft/durabletask-dotnet, test/Grpc.IntegrationTests/OrchestrationErrorHandling.cs).
/// </summary>
public sealed class ErrorConformance
{
    [Fact]
    public async Task An_activity_s_exception_is_thrown_where_the_call_is_awaited_with_its_details()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, int>("Break", int (_) => throw new InvalidDataException("torn"))
            .Orchestrator("O", async context =>
            {
                try
                {
                    await context.CallActivityAsync("Break", 1);
                    return [];
                }
                catch (TaskFailedException failed)
                {
                    return new[]
                    {
                        failed.TaskName, $"{failed.TaskId}", failed.Message, failed.FailureDetails.ErrorType, failed.FailureDetails.ErrorMessage,
                        $"{failed.FailureDetails.StackTrace is { Length: > 0 }}", $"{failed.FailureDetails.InnerFailure is null}",
                    };
                }
            }));

        Assert.Equal(
            ["Break", "0", "Task 'Break' (#0) failed with an unhandled exception: torn", "System.IO.InvalidDataException", "torn", "True", "True"],
            (await hub.RunAsync("O")).ReadOutputAs<string[]>()!);
    }

    [Theory]
    [InlineData(typeof(InvalidDataException), true)]
    [InlineData(typeof(SystemException), true)]
    [InlineData(typeof(Exception), true)]
    [InlineData(typeof(FormatException), false)]
    [InlineData(typeof(ArgumentException), false)]
    public async Task A_failure_is_caused_by_its_exception_s_type_and_its_bases(Type type, bool expected)
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, int>("Break", int (_) => throw new InvalidDataException("torn", new FormatException("inner")))
            .Orchestrator("O", async context =>
            {
                try
                {
                    await context.CallActivityAsync("Break", 1);
                    return false;
                }
                catch (TaskFailedException failed)
                {
                    return failed.FailureDetails.IsCausedBy(type);
                }
            }));

        Assert.Equal(expected, (await hub.RunAsync("O")).ReadOutputAs<bool>());
    }

    [Fact]
    public async Task Inner_exceptions_are_inner_failures()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, int>("Break", int (_) => throw new InvalidDataException("outer", new FormatException("middle", new TimeoutException("inner"))))
            .Orchestrator("O", async context =>
            {
                try
                {
                    await context.CallActivityAsync("Break", 1);
                    return string.Empty;
                }
                catch (TaskFailedException failed)
                {
                    var details = failed.FailureDetails;
                    return $"{details.ErrorMessage} {details.InnerFailure!.ErrorType} {details.InnerFailure.InnerFailure!.ErrorMessage}";
                }
            }));

        Assert.Equal("outer System.FormatException inner", (await hub.RunAsync("O")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_orchestration_that_handles_the_failure_completes()
    {
        var undone = false;
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<string, bool>("Debit", _ => true)
            .Activity<string, bool>("Credit", bool (_) => throw new InvalidOperationException("closed"))
            .Activity<string, bool>("Undo", _ => undone = true)
            .Orchestrator("Transfer", async context =>
            {
                await context.CallActivityAsync("Debit", "a");
                try
                {
                    await context.CallActivityAsync("Credit", "b");
                    return "transferred";
                }
                catch (TaskFailedException)
                {
                    await context.CallActivityAsync("Undo", "a");
                    return "undone";
                }
            }));

        Assert.Equal("undone", (await hub.RunAsync("Transfer")).ReadOutputAs<string>());
        Assert.True(undone);
    }

    [Fact]
    public async Task An_orchestration_that_does_not_handle_it_fails_with_the_activity_s_failure_inside()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, int>("Break", int (_) => throw new InvalidDataException("torn"))
            .Orchestrator("O", context => context.CallActivityAsync<int>("Break", 1)));

        var ended = await hub.RunAsync("O");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal("Microsoft.DurableTask.TaskFailedException", ended.FailureDetails!.ErrorType);
        Assert.Equal("Task 'Break' (#0) failed with an unhandled exception: torn", ended.FailureDetails.ErrorMessage);
        Assert.Equal(("System.IO.InvalidDataException", "torn"), (ended.FailureDetails.InnerFailure!.ErrorType, ended.FailureDetails.InnerFailure.ErrorMessage));
        Assert.True(ended.FailureDetails.IsCausedBy<TaskFailedException>());
    }

    [Fact]
    public async Task An_exception_of_the_orchestrator_s_own_fails_the_instance()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator<int>("O", _ => throw new InvalidDataException("torn")));

        var ended = await hub.RunAsync("O");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal(("System.IO.InvalidDataException", "torn"), (ended.FailureDetails!.ErrorType, ended.FailureDetails.ErrorMessage));
        Assert.Equal((false, true), (ended.IsRunning, ended.IsCompleted));
    }

    [Fact]
    public async Task An_exception_after_an_await_fails_the_instance_too()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, int>("Work", n => n)
            .Orchestrator<int>("O", async context =>
            {
                await context.CallActivityAsync("Work", 1);
                throw new InvalidDataException("torn");
            }));

        Assert.Equal("torn", (await hub.RunAsync("O")).FailureDetails!.ErrorMessage);
    }

    [Fact]
    public async Task A_failure_in_a_sub_orchestration_s_activity_is_three_links_long()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, int>("Break", int (_) => throw new InvalidDataException("torn"))
            .Orchestrator("Child", context => context.CallActivityAsync<int>("Break", 1))
            .Orchestrator("Parent", context => context.CallSubOrchestratorAsync<int>("Child")));

        var failure = (await hub.RunAsync("Parent")).FailureDetails!;

        Assert.Equal("Microsoft.DurableTask.TaskFailedException", failure.ErrorType);
        Assert.Equal("Microsoft.DurableTask.TaskFailedException", failure.InnerFailure!.ErrorType);
        Assert.Equal("System.IO.InvalidDataException", failure.InnerFailure.InnerFailure!.ErrorType);
    }

    [Fact]
    public async Task An_unknown_activity_fails_the_call_and_is_named()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", async context =>
        {
            try
            {
                return await context.CallActivityAsync<string>("Nobody");
            }
            catch (TaskFailedException failed)
            {
                return $"{failed.FailureDetails.ErrorType} {failed.FailureDetails.ErrorMessage.Contains("Nobody", StringComparison.Ordinal)}";
            }
        }));

        Assert.Equal("ActivityTaskNotFound True", (await hub.RunAsync("O")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_unknown_sub_orchestration_fails_the_call_and_is_named()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", async context =>
        {
            try
            {
                return await context.CallSubOrchestratorAsync<string>("Nobody");
            }
            catch (TaskFailedException failed)
            {
                return $"{failed.FailureDetails.ErrorType} {failed.FailureDetails.ErrorMessage.Contains("Nobody", StringComparison.Ordinal)}";
            }
        }));

        Assert.Equal("OrchestratorTaskNotFound True", (await hub.RunAsync("O")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_unknown_orchestrator_fails_its_instance_and_is_named()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", _ => Task.FromResult(0)));

        var ended = await hub.RunAsync("Nobody");

        Assert.Equal((OrchestrationRuntimeStatus.Failed, "OrchestratorTaskNotFound"), (ended.RuntimeStatus, ended.FailureDetails!.ErrorType));
        Assert.Contains("Nobody", ended.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_of_another_shape_fails_where_it_is_awaited()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, string>("Text", _ => "not a number")
            .Orchestrator("O", context => context.CallActivityAsync<int>("Text", 0)));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await hub.RunAsync("O")).RuntimeStatus);
    }

    [Fact]
    public async Task Options_given_as_the_input_are_refused()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<string, string>("Work", text => text ?? "none")
            .Orchestrator("O", async context =>
            {
                object mistaken = TaskOptions.FromRetryPolicy(new RetryPolicy(2, TimeSpan.FromSeconds(1)));
                try
                {
                    return await context.CallActivityAsync<string>("Work", mistaken);
                }
                catch (ArgumentException)
                {
                    return "refused";
                }
            }));

        Assert.Equal("refused", (await hub.RunAsync("O")).ReadOutputAs<string>());
    }
}
