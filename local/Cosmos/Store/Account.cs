namespace EventFunctions.Local.Cosmos.Store;

/// <summary>The account's databases and containers. Their changes are rare and done one at a time; look-ups take the same lock, briefly.</summary>
internal sealed class Account(int rangesPerContainer, AccountState initial, IStoreLog initialLog, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private AccountState _state = initial;
    private IStoreLog _log = initialLog;
    private Task _logged = Task.CompletedTask;

    public IReadOnlyList<Database> Databases
    {
        get
        {
            lock (_gate)
            {
                return [.. _state.Databases];
            }
        }
    }

    /// <summary>Finds a database by name, or by RID.</summary>
    public Database? FindDatabase(string nameOrRid)
    {
        lock (_gate)
        {
            return _state.Find(nameOrRid) ?? _state.Databases.FirstOrDefault(d => ResourceId.OfDatabase(d.Rid) == nameOrRid);
        }
    }

    /// <summary>Finds a container by names, or by RIDs.</summary>
    public ContainerStore? FindContainer(string database, string container)
    {
        lock (_gate)
        {
            if (_state.Find(database) is { } named && named.Containers.TryGetValue(container, out var found))
            {
                return found;
            }

            return ResourceId.TryParseContainer(container, out var rid)
                ? _state.Databases.FirstOrDefault(d => d.Rid == rid.Database)?.Containers.Values.FirstOrDefault(c => c.Rid == rid)
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

    /// <summary>
    /// Waits until what was found here, or found missing, is logged. Whoever answers with it must, or a crash could take back what
    /// someone has seen.
    /// </summary>
    public Task WhenLoggedAsync(CancellationToken cancellationToken)
    {
        Task logged;
        lock (_gate)
        {
            logged = _logged;
        }

        return logged.WaitAsync(cancellationToken);
    }

    /// <returns><see langword="null"/> if there is one with this name.</returns>
    public async Task<Database?> CreateDatabaseAsync(string id, CancellationToken cancellationToken)
    {
        Database? created = null;
        lock (_gate)
        {
            if (_state.Find(id) is null)
            {
                var record = new StoreRecord.DatabaseCreated(_state.LastDatabase + 1, id, Now());
                _logged = _log.AppendAsync(record);
                created = _state.Add(record);
            }
        }

        await WhenLoggedAsync(cancellationToken);
        return created;
    }

    /// <returns>Whether there was one.</returns>
    public async Task<bool> DeleteDatabaseAsync(Database database, CancellationToken cancellationToken)
    {
        bool found;
        lock (_gate)
        {
            found = ReferenceEquals(_state.Find(database.Id), database);
            if (found)
            {
                _logged = _log.AppendAsync(new StoreRecord.DatabaseDeleted(database.Rid));
                foreach (var container in database.Containers.Values)
                {
                    container.Delete(() => _logged);
                }

                _state.Remove(database);
            }
        }

        await WhenLoggedAsync(cancellationToken);
        return found;
    }

    /// <returns><see langword="null"/> if there is one with this name, or the database is not there any more.</returns>
    public async Task<ContainerStore?> CreateContainerAsync(Database database, ContainerDefinition definition, CancellationToken cancellationToken)
    {
        ContainerStore? created = null;
        lock (_gate)
        {
            if (ReferenceEquals(_state.Find(database.Id), database) && !database.Containers.ContainsKey(definition.Id))
            {
                var rid = new ContainerRid(database.Rid, database.LastContainer + 1);
                var record = new StoreRecord.ContainerCreated(rid, definition, rangesPerContainer, Now());
                _logged = _log.AppendAsync(record);
                created = new ContainerStore(ContainerState.Of(record), _log, clock, _logged);
                database.Add(created);
            }
        }

        await WhenLoggedAsync(cancellationToken);
        return created;
    }

    /// <returns>Whether there was one.</returns>
    public async Task<bool> DeleteContainerAsync(Database database, ContainerStore container, CancellationToken cancellationToken)
    {
        bool found;
        lock (_gate)
        {
            // By then the name may be another container's, created after this one was deleted.
            found = ReferenceEquals(database.Containers.GetValueOrDefault(container.Definition.Id), container);
            if (found)
            {
                container.Delete(() => _logged = _log.AppendAsync(new StoreRecord.ContainerDeleted(container.Rid)));
                database.Remove(container);
            }
        }

        await WhenLoggedAsync(cancellationToken);
        return found;
    }

    /// <summary>All it holds as of now; each container goes on, and is to be noted for itself.</summary>
    public AccountNote Note()
    {
        lock (_gate)
        {
            return new AccountNote(
                _state.LastDatabase,
                [.. _state.Databases.Select(d => new DatabaseNote(d.Rid, d.Id, d.Timestamp, d.LastContainer, [.. d.Containers.Values]))]);
        }
    }

    /// <summary>Forgets all it holds for something else; what is still done with what it held finds that its log has failed.</summary>
    public void Become(AccountState state, IStoreLog log)
    {
        lock (_gate)
        {
            (_state, _log, _logged) = (state, log, Task.CompletedTask);
        }
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeSeconds();
}
