using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask.Tests.Conformance;

/// <summary>
/// What is found and purged (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-instance-management, "Query all instances"
/// and "Purge instance history").
/// </summary>
public sealed class QueryConformance
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.2);

    [Fact]
    public async Task The_span_of_creation_has_both_its_ends()
    {
        await using var hub = await StartAsync();
        var (older, newer) = await TwoAsync(hub);

        Assert.Equal(["newer"], await IdsAsync(hub, new OrchestrationQuery { CreatedFrom = newer }));
        Assert.Equal(["older"], await IdsAsync(hub, new OrchestrationQuery { CreatedTo = older }));
        Assert.Equal(["newer", "older"], await IdsAsync(hub, new OrchestrationQuery { CreatedFrom = older, CreatedTo = newer }));
        Assert.Empty(await IdsAsync(hub, new OrchestrationQuery { CreatedFrom = older.AddMilliseconds(1), CreatedTo = newer.AddMilliseconds(-1) }));
    }

    [Fact]
    public async Task Any_of_several_statuses_is_enough()
    {
        await using var hub = await StartAsync();
        await RunAsync(hub, "End", "completed");
        await RunAsync(hub, "Break", "failed");
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Wait", new StartOrchestrationOptions("running"));
        await hub.IsAsync("running", OrchestrationRuntimeStatus.Running);

        Assert.Equal(["completed", "failed"], await IdsAsync(
            hub, new OrchestrationQuery { Statuses = [OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Completed] }));
        Assert.Equal(["completed", "failed", "running"], await IdsAsync(hub, new OrchestrationQuery { Statuses = [] }));
    }

    [Fact]
    public async Task A_query_goes_on_where_the_token_of_another_one_ended()
    {
        await using var hub = await StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await RunAsync(hub, "End", $"{i}");
        }

        var seen = new List<string>();
        string? token = null;
        do
        {
            var query = new OrchestrationQuery { PageSize = 2, ContinuationToken = token };
            await foreach (var page in hub.Client.GetAllInstancesAsync(query).AsPages())
            {
                seen.AddRange(page.Values.Select(instance => instance.InstanceId));
                token = page.ContinuationToken;
                break;
            }
        }
        while (token is not null);

        Assert.Equal(["0", "1", "2", "3", "4"], seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_query_that_finds_nothing_is_empty_and_no_error()
    {
        await using var hub = await StartAsync();
        await RunAsync(hub, "End", "a");

        Assert.Empty(await IdsAsync(hub, new OrchestrationQuery { InstanceIdPrefix = "b" }));
        Assert.Empty(await IdsAsync(hub, new OrchestrationQuery { Statuses = [OrchestrationRuntimeStatus.Terminated] }));
    }

    [Fact]
    public async Task A_query_tells_of_each_instance_what_is_told_of_it_alone()
    {
        await using var hub = await StartAsync();
        await RunAsync(hub, "End", "a");
        var alone = (await hub.Client.GetInstanceAsync("a", getInputsAndOutputs: true))!;

        await foreach (var found in hub.Client.GetAllInstancesAsync(new OrchestrationQuery { FetchInputsAndOutputs = true }))
        {
            Assert.Equal(
                (alone.Name, alone.InstanceId, alone.RuntimeStatus, alone.CreatedAt, alone.LastUpdatedAt),
                (found.Name, found.InstanceId, found.RuntimeStatus, found.CreatedAt, found.LastUpdatedAt));
            Assert.Equal(
                (alone.SerializedInput, alone.SerializedOutput, alone.SerializedCustomStatus),
                (found.SerializedInput, found.SerializedOutput, found.SerializedCustomStatus));
            Assert.Equal(("1", "1", "\"over\""), (found.SerializedInput, found.SerializedOutput, found.SerializedCustomStatus));
        }
    }

    [Fact]
    public async Task Ids_are_listed_page_by_page_in_their_order()
    {
        await using var hub = await StartAsync();
        foreach (var id in new[] { "c", "a", "d", "b" })
        {
            await RunAsync(hub, "End", id);
        }

        await RunAsync(hub, "Break", "failed");
        var first = await hub.Client.ListInstanceIdsAsync([OrchestrationRuntimeStatus.Completed], pageSize: 3);
        var second = await hub.Client.ListInstanceIdsAsync([OrchestrationRuntimeStatus.Completed], pageSize: 3, lastInstanceKey: first.ContinuationToken);

        Assert.Equal(["a", "b", "c"], first.Values);
        Assert.Equal(["d"], second.Values);
        Assert.Null(second.ContinuationToken);
    }

    [Fact]
    public async Task A_purge_by_the_span_of_creation_leaves_the_rest()
    {
        await using var hub = await StartAsync();
        var (older, _) = await TwoAsync(hub);

        Assert.Equal(1, (await hub.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(older.AddHours(-1), older))).PurgedInstanceCount);

        Assert.Equal(["newer"], await IdsAsync(hub, new OrchestrationQuery()));
    }

    [Fact]
    public async Task A_purge_by_status_leaves_the_rest()
    {
        await using var hub = await StartAsync();
        await RunAsync(hub, "End", "completed");
        await RunAsync(hub, "Break", "failed");

        var purged = await hub.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(hub.Now.AddHours(-1), Statuses: [OrchestrationRuntimeStatus.Failed]));

        Assert.Equal(1, purged.PurgedInstanceCount);
        Assert.Equal(["completed"], await IdsAsync(hub, new OrchestrationQuery()));
    }

    [Fact]
    public async Task A_purge_that_finds_nothing_is_a_count_of_none()
    {
        await using var hub = await StartAsync();
        await RunAsync(hub, "End", "a");

        Assert.Equal(0, (await hub.Client.PurgeInstanceAsync("b")).PurgedInstanceCount);
        Assert.Equal(0, (await hub.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(CreatedFrom: hub.Now.AddHours(1)))).PurgedInstanceCount);
        Assert.Equal(["a"], await IdsAsync(hub, new OrchestrationQuery()));
    }

    private static Task<ConformanceHub> StartAsync() => ConformanceHub.StartAsync(tasks => tasks
        .Orchestrator("End", context =>
        {
            context.SetCustomStatus("over");
            return Task.FromResult(context.GetInput<int>());
        })
        .Orchestrator<int>("Break", _ => throw new InvalidDataException("torn"))
        .Orchestrator("Wait", context => context.WaitForExternalEvent<int>("go"))
        .Orchestrator("Sleep", async context =>
        {
            await context.CreateTimer(Pause, CancellationToken.None);
            return 1;
        }));

    private static async Task RunAsync(ConformanceHub hub, string name, string id)
    {
        await hub.Client.ScheduleNewOrchestrationInstanceAsync(name, 1, new StartOrchestrationOptions(id));
        await hub.EndAsync(id);
    }

    /// <summary>Two instances that were created at different times, which are returned.</summary>
    private static async Task<(DateTimeOffset Older, DateTimeOffset Newer)> TwoAsync(ConformanceHub hub)
    {
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Sleep", new StartOrchestrationOptions("older"));
        await hub.PassAsync(Pause);
        var older = await hub.EndAsync("older");
        await RunAsync(hub, "End", "newer");
        return (older.CreatedAt, (await hub.EndAsync("newer")).CreatedAt);
    }

    private static async Task<List<string>> IdsAsync(ConformanceHub hub, OrchestrationQuery query)
    {
        var ids = new List<string>();
        await foreach (var instance in hub.Client.GetAllInstancesAsync(query))
        {
            ids.Add(instance.InstanceId);
        }

        ids.Sort(StringComparer.Ordinal);
        return ids;
    }
}
