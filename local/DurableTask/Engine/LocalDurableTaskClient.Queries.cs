using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask;

internal sealed partial class LocalDurableTaskClient
{
    public override async Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        cancellation.ThrowIfCancellationRequested();
        var state = await hub.ReadAsync(tables => tables.Find(instanceId)?.State, cancellation);
        return state is null ? null : Metadata.Of(state, getInputsAndOutputs ? engineOptions.DataConverter : null);
    }

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        var query = filter ?? new OrchestrationQuery();
        return Pageable.Create<OrchestrationMetadata>(async (token, pageSize, cancellation) =>
        {
            cancellation.ThrowIfCancellationRequested();
            var found = (await FindAsync(query.CreatedFrom, query.CreatedTo, query.Statuses, cancellation))
                .Where(state => state.InstanceId.StartsWith(query.InstanceIdPrefix ?? string.Empty, StringComparison.Ordinal));
            var page = InstancePaging.ByCreation(found, token ?? query.ContinuationToken, pageSize ?? query.PageSize);
            var converter = query.FetchInputsAndOutputs ? engineOptions.DataConverter : null;
            return new Page<OrchestrationMetadata>([.. page.Values.Select(s => Metadata.Of(s, converter))], page.ContinuationToken);
        });
    }

    public override async Task<Page<string>> ListInstanceIdsAsync(
        IEnumerable<OrchestrationRuntimeStatus>? runtimeStatus = null,
        DateTimeOffset? completedTimeFrom = null,
        DateTimeOffset? completedTimeTo = null,
        int pageSize = OrchestrationQuery.DefaultPageSize,
        string? lastInstanceKey = null,
        CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var found = (await FindAsync(null, null, runtimeStatus, cancellation))
            .Where(s => (completedTimeFrom is null && completedTimeTo is null) || s.HasEnded)
            .Where(s => !(s.End?.Timestamp < completedTimeFrom) && !(s.End?.Timestamp > completedTimeTo));
        return InstancePaging.ById(found, lastInstanceKey, pageSize);
    }

    public override async Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        cancellation.ThrowIfCancellationRequested();
        if (await hub.ReadAsync(tables => tables.Find(instanceId)?.State, cancellation) is { HasEnded: false } state)
        {
            throw new InvalidOperationException($"Instance '{instanceId}' is {state.Status}; only an ended one can be purged. Terminate it first.");
        }

        return new PurgeResult(await PurgeAsync(instanceId, options?.Recursive ?? false), isComplete: true);
    }

    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var clock = hub.Now;
        var count = 0;
        foreach (var state in (await FindAsync(filter.CreatedFrom, filter.CreatedTo, filter.Statuses, cancellation)).Where(s => s.HasEnded))
        {
            cancellation.ThrowIfCancellationRequested();
            if (hub.Now - clock > filter.Timeout)
            {
                return new PurgeResult(count, isComplete: false);
            }

            count += await PurgeAsync(state.InstanceId, options?.Recursive ?? false);
        }

        return new PurgeResult(count, isComplete: true);
    }

    private async Task<int> PurgeAsync(string instanceId, bool isRecursive)
    {
        string[] children = [];
        var wasThere = await hub.CommitAsync(tables =>
        {
            if (tables.Find(instanceId) is not { State.HasEnded: true } entry)
            {
                return null;
            }

            children = isRecursive ? [.. entry.History.OfType<HistoryEvent.ChildScheduled>().Select(c => c.InstanceId).Distinct()] : [];
            return new HubRecord.InstancePurged { InstanceId = instanceId };
        });
        var count = wasThere ? 1 : 0;
        foreach (var child in children)
        {
            count += await PurgeAsync(child, isRecursive);
        }

        return count;
    }

    private async ValueTask<IEnumerable<InstanceState>> FindAsync(
        DateTimeOffset? createdFrom, DateTimeOffset? createdTo, IEnumerable<OrchestrationRuntimeStatus>? statuses, CancellationToken cancellation)
    {
        var wanted = statuses?.ToHashSet();

        // Under the lock only what can't be done elsewhere: states don't change, but which there are does.
        var all = await hub.ReadAsync(static tables => tables.States(), cancellation);
        return all
            .Where(s => !(s.CreatedAt < createdFrom) && !(s.CreatedAt > createdTo))
            .Where(s => wanted is null or { Count: 0 } || wanted.Contains(s.Status));
    }
}
