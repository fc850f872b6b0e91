using EventFunctions.Local.Cosmos.Store.Indexes;

namespace EventFunctions.Local.Cosmos.Store;

/// <summary>
/// Guards one container: operations are decided, recorded and applied one after another under one lock, so that a write and its
/// position are one step and positions are published in order. Nothing is answered before its record is logged, a reader's
/// answer included, or a crash could take back what someone has seen.
/// </summary>
/// <param name="state">What it holds.</param>
/// <param name="log">Where changes go.</param>
/// <param name="clock">What timestamps and time to live go by.</param>
/// <param name="created">Ends when its creation is logged; by default it is.</param>
internal sealed class ContainerStore(ContainerState state, IStoreLog log, TimeProvider clock, Task? created = null)
{
    private readonly Lock _gate = new();
    private Task _logged = created ?? Task.CompletedTask;
    private bool _deleted;

    public ContainerRid Rid => state.Rid;

    public KeyRangeMap Ranges => state.RangeMap;

    public ContainerDefinition Definition => state.Definition;

    public long Timestamp => state.Timestamp;

    /// <summary>Waits until its definition is logged; whoever answers with it must.</summary>
    public Task WhenLoggedAsync(CancellationToken cancellationToken)
    {
        Task logged;
        lock (_gate)
        {
            logged = _logged;
        }

        return logged.WaitAsync(cancellationToken);
    }

    /// <summary>The time by its clock.</summary>
    public DateTimeOffset UtcNow => clock.GetUtcNow();

    /// <summary>Does one operation.</summary>
    public async ValueTask<ItemResult> ExecuteAsync(PartitionKeyValue key, ItemOperation operation, CancellationToken cancellationToken)
    {
        var result = await ExecuteAsync(key, [operation], cancellationToken);
        return new ItemResult(result.Outcomes[0], result.Session);
    }

    /// <summary>Does all operations, or, if one can't be done, none.</summary>
    public async ValueTask<BatchResult> ExecuteAsync(PartitionKeyValue key, IReadOnlyList<ItemOperation> operations, CancellationToken cancellationToken)
    {
        BatchResult result;
        Task logged;
        lock (_gate)
        {
            result = Decide(key, operations);
            logged = _logged;
        }

        await logged.WaitAsync(cancellationToken);
        return result;
    }

    /// <summary>Reads items in the order of their creation.</summary>
    public async ValueTask<ItemPage> ReadAsync(ItemScope scope, long afterNumber, int count, long bytes, CancellationToken cancellationToken)
    {
        ItemPage page;
        Task logged;
        lock (_gate)
        {
            page = state.ReadItems(scope, afterNumber, count, bytes, Now());
            logged = _logged;
        }

        await logged.WaitAsync(cancellationToken);
        return page;
    }

    /// <summary>Reads items in the order of what they have at some paths.</summary>
    /// <param name="scope">Which items.</param>
    /// <param name="order">The order.</param>
    /// <param name="from">The entry to begin at; <see langword="null"/> for the first.</param>
    /// <param name="wanted">
    /// How many items that pass the scope's filters the reader will take in all; <see langword="null"/> to go on where a page before has ended.
    /// </param>
    /// <param name="count">The most items to read at once.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns><see langword="null"/> where they are to be read in the order of their creation, and sorted.</returns>
    public async ValueTask<OrderedPage?> ReadInOrderAsync(
        ItemScope scope, IndexOrder order, IndexEntry? from, int? wanted, int count, CancellationToken cancellationToken)
    {
        OrderedPage? page;
        Task logged;
        lock (_gate)
        {
            page = state.ReadInOrder(scope, order, from, wanted, count, Now());
            logged = _logged;
        }

        await logged.WaitAsync(cancellationToken);
        return page;
    }

    /// <summary>Reads items in the order of their last write.</summary>
    public async ValueTask<ChangePage> ReadChangesAsync(ItemScope scope, ChangeFeedStart start, int count, long bytes, CancellationToken cancellationToken)
    {
        ChangePage page;
        Task logged;
        lock (_gate)
        {
            page = state.ReadChanges(scope, start, count, bytes, Now());
            logged = _logged;
        }

        await logged.WaitAsync(cancellationToken);
        return page;
    }

    /// <summary>Takes on a new definition. What has expired under the old one is gone for good, whatever the new one says.</summary>
    /// <returns>Whether the container was still there.</returns>
    public async Task<bool> ReplaceAsync(ContainerDefinition definition, CancellationToken cancellationToken)
    {
        Task logged;
        lock (_gate)
        {
            if (_deleted)
            {
                return false;
            }

            var now = Now();
            Remove(state.ReadExpired(now, int.MaxValue));
            var record = new StoreRecord.ContainerReplaced(Rid, definition, now);
            logged = _logged = log.AppendAsync(record);
            state.Apply(record);
        }

        await logged.WaitAsync(cancellationToken);
        return true;
    }

    /// <summary>Ends the container: every later operation finds it gone.</summary>
    /// <param name="record">Logs that; with a database, all its containers are gone by one record.</param>
    public void Delete(Func<Task> record)
    {
        lock (_gate)
        {
            _logged = record();
            _deleted = true;
        }
    }

    /// <summary>Everything it holds as of now.</summary>
    public ContainerNote Note()
    {
        lock (_gate)
        {
            return state.Note();
        }
    }

    /// <summary>Removes items that have expired from memory; readers have not seen them since they fell due.</summary>
    /// <param name="limit">The most to remove at once, so that no one waits long for the lock.</param>
    /// <returns>How many were removed.</returns>
    public int RemoveExpired(int limit)
    {
        lock (_gate)
        {
            var due = _deleted ? [] : state.ReadExpired(Now(), limit);
            Remove(due);
            return due.Count;
        }
    }

    private void Remove(IReadOnlyList<StoredItem> items)
    {
        foreach (var group in items.GroupBy(i => state.RangeIndexOf(i.PartitionKey)))
        {
            Commit(group.Key, [.. group.Select(i => new ItemChange.Removed(i.PartitionKey, i.Id))]);
        }
    }

    private BatchResult Decide(PartitionKeyValue key, IReadOnlyList<ItemOperation> operations)
    {
        var range = state.RangeIndexOf(key);
        if (_deleted)
        {
            var gone = new ItemOutcome.Refused(404, 1003, "The container has been deleted.");
            return new BatchResult([.. operations.Select(_ => gone)], new SessionPosition(range, state.Range(range).Lsn));
        }

        var staged = new StagedPartition(state, key, state.Range(range).Lsn + 1, Now());
        var outcomes = new ItemOutcome[operations.Count];
        for (var i = 0; i < operations.Count; i++)
        {
            outcomes[i] = ItemDecider.Decide(operations[i], staged);
            if (!outcomes[i].Succeeded)
            {
                var failure = outcomes[i];
                Array.Fill(outcomes, new ItemOutcome.DependencyFailed());
                outcomes[i] = failure;
                return new BatchResult(outcomes, new SessionPosition(range, state.Range(range).Lsn));
            }
        }

        if (staged.Changes.Count > 0)
        {
            Commit(range, staged.Changes);
        }

        return new BatchResult(outcomes, new SessionPosition(range, state.Range(range).Lsn));
    }

    private void Commit(int range, IReadOnlyList<ItemChange> changes)
    {
        var record = new StoreRecord.ItemsChanged(Rid, range, state.Range(range).Lsn + 1, changes);
        _logged = log.AppendAsync(record);
        state.Apply(record);
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeSeconds();
}
