namespace EventFunctions.Local.Cosmos.Store;

/// <summary>The account's databases and containers. Their changes are rare and done one at a time; look-ups take the same lock, briefly.</summary>
internal sealed class Account(int rangesPerContainer, IStoreLog log, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Database> _databases = new(StringComparer.Ordinal);
    private uint _lastDatabase;

    public IReadOnlyList<Database> Databases
    {
        get
        {
            lock (_gate)
            {
                return [.. _databases.Values];
            }
        }
    }

    /// <summary>Finds a database by name, or by RID.</summary>
    public Database? FindDatabase(string nameOrRid)
    {
        lock (_gate)
        {
            return _databases.GetValueOrDefault(nameOrRid) ?? _databases.Values.FirstOrDefault(d => ResourceId.OfDatabase(d.Rid) == nameOrRid);
        }
    }

    /// <summary>Finds a container by names, or by RIDs.</summary>
    public ContainerStore? FindContainer(string database, string container)
    {
        lock (_gate)
        {
            if (_databases.TryGetValue(database, out var named) && named.Containers.TryGetValue(container, out var found))
            {
                return found;
            }

            return ResourceId.TryParseContainer(container, out var rid)
                ? _databases.Values.FirstOrDefault(d => d.Rid == rid.Database)?.Containers.Values.FirstOrDefault(c => c.Rid == rid)
                : null;
        }
    }

    public IReadOnlyList<ContainerStore> Containers(Database database)
    {
        lock (_gate)
        {
            return [.. database.Containers.Values];
        }
    }

    /// <returns><see langword="null"/> if there is one with this name.</returns>
    public async Task<Database?> CreateDatabaseAsync(string id, CancellationToken cancellationToken)
    {
        Database created;
        Task logged;
        lock (_gate)
        {
            if (_databases.ContainsKey(id))
            {
                return null;
            }

            var record = new StoreRecord.DatabaseCreated(_lastDatabase + 1, id, Now());
            logged = log.AppendAsync(record);
            _lastDatabase = record.Rid;
            _databases[id] = created = new Database(record.Rid, id, record.Timestamp);
        }

        await logged.WaitAsync(cancellationToken);
        return created;
    }

    /// <returns>Whether there was one.</returns>
    public async Task<bool> DeleteDatabaseAsync(Database database, CancellationToken cancellationToken)
    {
        IReadOnlyList<ContainerStore> containers;
        Task logged;
        lock (_gate)
        {
            if (!_databases.Remove(database.Id))
            {
                return false;
            }

            containers = [.. database.Containers.Values];
            logged = log.AppendAsync(new StoreRecord.DatabaseDeleted(database.Rid));
        }

        await logged.WaitAsync(cancellationToken);
        await Task.WhenAll(containers.Select(c => c.DeleteAsync(cancellationToken)));
        return true;
    }

    /// <returns><see langword="null"/> if there is one with this name, or the database is not there any more.</returns>
    public async Task<ContainerStore?> CreateContainerAsync(Database database, ContainerDefinition definition, CancellationToken cancellationToken)
    {
        ContainerStore created;
        Task logged;
        lock (_gate)
        {
            if (!ReferenceEquals(_databases.GetValueOrDefault(database.Id), database) || database.Containers.ContainsKey(definition.Id))
            {
                return null;
            }

            var rid = new ContainerRid(database.Rid, database.LastContainer + 1);
            var record = new StoreRecord.ContainerCreated(rid, definition, rangesPerContainer, Now());
            logged = log.AppendAsync(record);
            database.LastContainer = rid.Container;
            var state = new ContainerState(rid, definition, new KeyRangeMap(record.Ranges), record.Timestamp);
            database.Containers[definition.Id] = created = new ContainerStore(state, log, clock);
        }

        await logged.WaitAsync(cancellationToken);
        return created;
    }

    /// <returns>Whether there was one.</returns>
    public async Task<bool> DeleteContainerAsync(Database database, ContainerStore container, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            // By then the name may be another container's, created after this one was deleted.
            if (!ReferenceEquals(database.Containers.GetValueOrDefault(container.Definition.Id), container))
            {
                return false;
            }

            database.Containers.Remove(container.Definition.Id);
        }

        await container.DeleteAsync(cancellationToken);
        return true;
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeSeconds();
}

/// <summary>A database; its containers are the account's to change.</summary>
internal sealed class Database(uint rid, string id, long timestamp)
{
    public uint Rid => rid;

    public string Id => id;

    public long Timestamp => timestamp;

    public Dictionary<string, ContainerStore> Containers { get; } = new(StringComparer.Ordinal);

    public uint LastContainer { get; set; }
}
