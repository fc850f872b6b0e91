using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask.Tests.Conformance;

/// <summary>
/// Events between orchestrations, and what becomes of events that nobody waits for
/// (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-external-events; the remarks of SendEvent and RaiseEventAsync).
/// </summary>
public sealed class MessageConformance
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(0.2);

    [Fact]
    public async Task An_event_to_an_instance_that_does_not_exist_is_dropped_in_silence()
    {
        await using var hub = await ConformanceHub.StartAsync(Sending("nobody"));

        Assert.Equal("sent", (await hub.RunAsync("Send")).ReadOutputAs<string>());
        Assert.Null(await hub.Client.GetInstanceAsync("nobody"));
    }

    [Fact]
    public async Task An_event_to_an_instance_that_has_ended_is_dropped_in_silence()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => Sending("ended")(tasks.Orchestrator("End", _ => Task.FromResult(1))));
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("End", new StartOrchestrationOptions("ended"));
        await hub.EndAsync("ended");

        Assert.Equal("sent", (await hub.RunAsync("Send")).ReadOutputAs<string>());
        var ended = await hub.EndAsync("ended");
        Assert.Equal((OrchestrationRuntimeStatus.Completed, 1), (ended.RuntimeStatus, ended.ReadOutputAs<int>()));
    }

    [Fact]
    public async Task A_child_reports_to_its_parent_while_it_works()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, int>("Work", n => n)
            .Orchestrator("Child", async context =>
            {
                for (var i = 1; i <= 3; i++)
                {
                    context.SendEvent(context.Parent!.InstanceId, "progress", await context.CallActivityAsync<int>("Work", i * 10));
                }

                return "done";
            })
            .Orchestrator("Parent", async context =>
            {
                var child = context.CallSubOrchestratorAsync<string>("Child");
                var reports = new List<int>();
                while (reports.Count < 3)
                {
                    reports.Add(await context.WaitForExternalEvent<int>("progress"));
                }

                return $"{string.Join(' ', reports)} {await child}";
            }));

        Assert.Equal("10 20 30 done", (await hub.RunAsync("Parent")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_parent_answers_a_child_that_asked()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Orchestrator("Child", async context =>
            {
                context.SendEvent(context.Parent!.InstanceId, "question", new Question(context.InstanceId, 6));
                return await context.WaitForExternalEvent<int>("answer");
            })
            .Orchestrator("Parent", async context =>
            {
                var child = context.CallSubOrchestratorAsync<int>("Child");
                var question = await context.WaitForExternalEvent<Question>("question");
                context.SendEvent(question.From, "answer", question.Number * 7);
                return await child;
            }));

        Assert.Equal(42, (await hub.RunAsync("Parent")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task An_event_serves_those_who_wait_for_its_name_and_nobody_else()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", async context =>
        {
            var apples = context.WaitForExternalEvent<int>("apples");
            var pears = context.WaitForExternalEvent<int>("pears");
            return $"{await apples} apples {await pears} pears";
        }));
        var id = await StartedAsync(hub);

        await hub.Client.RaiseEventAsync(id, "plums", 3);
        await hub.Client.RaiseEventAsync(id, "pears", 2);
        await hub.Client.RaiseEventAsync(id, "apples", 1);

        Assert.Equal("1 apples 2 pears", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Each_of_many_events_is_received_once_and_in_order()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", async context =>
        {
            var seen = new List<int>();
            while (seen.Count < 100)
            {
                seen.Add(await context.WaitForExternalEvent<int>("number"));
            }

            return seen;
        }));
        var id = await StartedAsync(hub);

        for (var number = 0; number < 100; number++)
        {
            await hub.Client.RaiseEventAsync(id, "number", number);
        }

        Assert.Equal(Enumerable.Range(0, 100), (await hub.EndAsync(id)).ReadOutputAs<int[]>()!);
    }

    [Fact]
    public async Task An_event_for_an_instance_that_is_to_start_later_is_kept_for_it()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", context => context.WaitForExternalEvent<int>("go")));
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("O", new StartOrchestrationOptions("later", hub.Now.AddSeconds(1)));

        await hub.Client.RaiseEventAsync("later", "go", 5);
        await hub.PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(5, (await hub.EndAsync("later")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_wait_that_was_given_up_does_not_take_the_event_of_the_next_wait()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", async context =>
        {
            try
            {
                return await context.WaitForExternalEvent<string>("approval", Moment);
            }
            catch (TaskCanceledException)
            {
                context.SetCustomStatus("escalated");
                return $"escalated, then {await context.WaitForExternalEvent<string>("approval")}";
            }
        }));
        var id = await StartedAsync(hub);

        await hub.PassAsync(Moment);
        await EventFunctions.Tests.Support.Eventually.HoldsAsync(
            async () => (await hub.Client.GetInstanceAsync(id, getInputsAndOutputs: true))?.SerializedCustomStatus is not null, "the limit is over");
        await hub.Client.RaiseEventAsync(id, "approval", "approved");

        Assert.Equal("escalated, then approved", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_event_that_comes_after_its_wait_was_given_up_is_kept_for_the_next_wait()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", async context =>
        {
            using var stop = new CancellationTokenSource();
            var givenUp = context.WaitForExternalEvent<int>("number", stop.Token);
            stop.Cancel();
            await context.WaitForExternalEvent<string>("go on");
            return $"{givenUp.IsCanceled} {await context.WaitForExternalEvent<int>("number")}";
        }));
        var id = await StartedAsync(hub);

        await hub.Client.RaiseEventAsync(id, "number", 5);
        await hub.Client.RaiseEventAsync(id, "go on", "please");

        Assert.Equal("True 5", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_wait_with_a_time_limit_and_a_token_ends_with_the_token_too()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", async context =>
        {
            using var stop = new CancellationTokenSource();
            var approval = context.WaitForExternalEvent<string>("approval", TimeSpan.FromDays(1), stop.Token);
            await context.WaitForExternalEvent<string>("withdrawal");
            stop.Cancel();
            try
            {
                return await approval;
            }
            catch (TaskCanceledException)
            {
                return "withdrawn";
            }
        }));
        var id = await StartedAsync(hub);

        await hub.Client.RaiseEventAsync(id, "withdrawal", "sorry");

        Assert.Equal("withdrawn", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    private static Action<TaskTable> Sending(string to) => tasks => tasks.Orchestrator("Send", context =>
    {
        context.SendEvent(to, "news", 1);
        return Task.FromResult("sent");
    });

    private static async Task<string> StartedAsync(ConformanceHub hub)
    {
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await hub.BegunAsync(id);
        return id;
    }

    private sealed record Question(string From, int Number);
}
