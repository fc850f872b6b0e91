using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask.Tests;

public sealed class QueryTests
{
    [Fact]
    public async Task A_missing_instance_is_null()
    {
        await using var hub = await TestHub.StartAsync();

        Assert.Null(await hub.Client.GetInstanceAsync("missing"));
    }

    [Fact]
    public async Task Payloads_are_there_only_if_asked_for()
    {
        await using var hub = await EndedAsync(1);

        var bare = (await hub.Client.GetInstanceAsync("i000"))!;
        var full = (await hub.Client.GetInstanceAsync("i000", getInputsAndOutputs: true))!;

        Assert.Null(bare.SerializedOutput);
        Assert.Throws<InvalidOperationException>(() => bare.ReadOutputAs<int>());
        Assert.Equal(("0", "0", "\"done\""), (full.SerializedInput, full.SerializedOutput, full.SerializedCustomStatus));
    }

    [Fact]
    public async Task Waiting_for_an_instance_that_does_not_exist_ends_with_the_token()
    {
        await using var hub = await TestHub.StartAsync();
        using var cancel = new CancellationTokenSource();
        var wait = hub.Client.WaitForInstanceStartAsync("missing", cancel.Token);
        Assert.False(wait.IsCompleted);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    [Fact]
    public async Task Waits_that_are_over_leave_nothing_behind()
    {
        await using var hub = await EndedAsync(3);
        using var cancel = new CancellationTokenSource();
        Task[] waits =
        [
            hub.Client.WaitForInstanceStartAsync("missing", cancel.Token),
            hub.Client.WaitForInstanceCompletionAsync("missing", cancel.Token),
            hub.Client.WaitForInstanceCompletionAsync("another", cancel.Token),
        ];
        Assert.Equal(2, hub.Engine.Counts.WatchedInstances);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(waits));
        await hub.EndAsync("i000");

        Assert.Equal(0, hub.Engine.Counts.WatchedInstances);
    }

    [Fact]
    public async Task All_instances_come_page_by_page_oldest_first_and_once_each()
    {
        await using var hub = await EndedAsync(25);
        var pages = new List<int>();
        var ids = new List<string>();

        await foreach (var page in hub.Client.GetAllInstancesAsync(new OrchestrationQuery(PageSize: 10)).AsPages())
        {
            pages.Add(page.Values.Count);
            ids.AddRange(page.Values.Select(i => i.InstanceId));
        }

        Assert.Equal([10, 10, 5], pages);
        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"i{i:000}"), ids);
    }

    [Fact]
    public async Task A_page_can_be_continued_by_its_token()
    {
        await using var hub = await EndedAsync(25);
        string? token = null;
        await foreach (var page in hub.Client.GetAllInstancesAsync(new OrchestrationQuery(PageSize: 20)).AsPages())
        {
            token = page.ContinuationToken;
            break;
        }

        var rest = new List<string>();
        await foreach (var instance in hub.Client.GetAllInstancesAsync(new OrchestrationQuery(ContinuationToken: token)))
        {
            rest.Add(instance.InstanceId);
        }

        Assert.Equal(["i020", "i021", "i022", "i023", "i024"], rest);
    }

    [Fact]
    public async Task A_query_filters_by_prefix_status_and_time_inclusively()
    {
        await using var hub = await EndedAsync(25);
        var all = await ReadAsync(hub, new OrchestrationQuery());

        Assert.Equal(10, (await ReadAsync(hub, new OrchestrationQuery(InstanceIdPrefix: "i01"))).Count);
        Assert.Empty(await ReadAsync(hub, new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Failed])));
        Assert.Equal(3, (await ReadAsync(hub, new OrchestrationQuery(all[4].CreatedAt, all[6].CreatedAt))).Count);
        Assert.All(await ReadAsync(hub, new OrchestrationQuery(FetchInputsAndOutputs: true)), i => Assert.NotNull(i.SerializedOutput));
    }

    [Fact]
    public async Task Ids_are_listed_in_pages_by_status_and_time_of_completion()
    {
        await using var hub = await EndedAsync(5);
        var first = await hub.Client.ListInstanceIdsAsync([OrchestrationRuntimeStatus.Completed], pageSize: 3);
        var second = await hub.Client.ListInstanceIdsAsync([OrchestrationRuntimeStatus.Completed], pageSize: 3, lastInstanceKey: first.ContinuationToken);
        var later = await hub.Client.ListInstanceIdsAsync(completedTimeFrom: hub.Clock.GetUtcNow() + TimeSpan.FromDays(1));

        Assert.Equal(["i000", "i001", "i002"], first.Values);
        Assert.Equal(["i003", "i004"], second.Values);
        Assert.Null(second.ContinuationToken);
        Assert.Empty(later.Values);
    }

    [Fact]
    public async Task An_ended_instance_can_be_purged_once()
    {
        await using var hub = await EndedAsync(1);

        Assert.Equal(1, (await hub.Client.PurgeInstanceAsync("i000")).PurgedInstanceCount);
        Assert.Equal(0, (await hub.Client.PurgeInstanceAsync("i000")).PurgedInstanceCount);
        Assert.Null(await hub.Client.GetInstanceAsync("i000"));
        Assert.Empty(hub.Engine.GetHistory("i000"));
    }

    [Fact]
    public async Task A_running_instance_is_not_purged()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Wait", context => context.WaitForExternalEvent<int>("go"));
        await hub.BegunAsync(await hub.ScheduleAsync("Wait", id: "w"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => hub.Client.PurgeInstanceAsync("w"));
        Assert.Equal(0, (await hub.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter())).PurgedInstanceCount);
    }

    [Fact]
    public async Task A_purge_by_filter_deletes_what_was_created_in_the_span()
    {
        await using var hub = await EndedAsync(10);
        var all = await ReadAsync(hub, new OrchestrationQuery());

        var purged = await hub.Client.PurgeInstancesAsync(all[2].CreatedAt, all[5].CreatedAt);

        Assert.Equal((4, true), (purged.PurgedInstanceCount, purged.IsComplete));
        Assert.Equal(6, hub.Engine.Counts.Instances);
    }

    [Fact]
    public async Task A_recursive_purge_takes_the_children_along()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Leaf", _ => Task.FromResult(1));
        hub.Orchestrator("Middle", async context =>
        {
            await Task.WhenAll(context.CallSubOrchestratorAsync("Leaf"), context.CallSubOrchestratorAsync("Leaf"));
            return 0;
        });
        hub.Orchestrator("Top", context => context.CallSubOrchestratorAsync<int>("Middle"));
        await hub.RunAsync("Top", id: "top");

        Assert.Equal(4, (await hub.Client.PurgeInstanceAsync("top", new PurgeInstanceOptions(Recursive: true))).PurgedInstanceCount);
        Assert.Equal(0, hub.Engine.Counts.Instances);
    }

    [Fact]
    public async Task The_last_custom_status_of_an_episode_is_kept_and_null_clears_it()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Status", async context =>
        {
            context.SetCustomStatus("first");
            context.SetCustomStatus(new { Step = 2 });
            await context.WaitForExternalEvent<object>("go");
            context.SetCustomStatus(null);
            return 0;
        });
        var id = await hub.ScheduleAsync("Status");
        var begun = await hub.BegunAsync(id);
        await hub.Client.RaiseEventAsync(id, "go");
        var ended = await hub.EndAsync(id);

        Assert.Equal("{\"Step\":2}", begun.SerializedCustomStatus);
        Assert.Null(ended.SerializedCustomStatus);
    }

    private static async Task<TestHub> EndedAsync(int count)
    {
        var hub = await TestHub.StartAsync();
        hub.Orchestrator("End", context =>
        {
            context.SetCustomStatus("done");
            return Task.FromResult(context.GetInput<int>());
        });
        for (var i = 0; i < count; i++)
        {
            await hub.RunAsync("End", i, $"i{i:000}");
            hub.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        return hub;
    }

    private static async Task<List<OrchestrationMetadata>> ReadAsync(TestHub hub, OrchestrationQuery query)
    {
        var found = new List<OrchestrationMetadata>();
        await foreach (var instance in hub.Client.GetAllInstancesAsync(query))
        {
            found.Add(instance);
        }

        return found;
    }
}
