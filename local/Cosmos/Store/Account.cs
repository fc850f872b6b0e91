using EventFunctions.Local.Cosmos.Store.Provisioning;

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

    /// <param name="id">Its name.</param>
    /// <param name="throughput">What its containers share; <see langword="null"/> for nothing.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns><see langword="null"/> if there is one with this name.</returns>
    public async Task<Database?> CreateDatabaseAsync(string id, ProvisionedThroughput? throughput, CancellationToken cancellationToken)
    {
        Database? created = null;
        lock (_gate)
        {
            if (_state.Find(id) is null)
            {
                var record = new StoreRecord.DatabaseCreated(_state.LastDatabase + 1, id, Now(), throughput);
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

    /// <param name="database">Where.</param>
    /// <param name="definition">What a client said about it.</param>
    /// <param name="throughput">What was asked for; <see langword="null"/> where nothing was said.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns><see langword="null"/> if there is one with this name, or the database is not there any more.</returns>
    public async Task<ContainerStore?> CreateContainerAsync(
        Database database, ContainerDefinition definition, ProvisionedThroughput? throughput, CancellationToken cancellationToken)
    {
        ContainerStore? created = null;
        lock (_gate)
        {
            if (ReferenceEquals(_state.Find(database.Id), database) && !database.Containers.ContainsKey(definition.Id))
            {
                var rid = new ContainerRid(database.Rid, database.LastContainer + 1);
                var record = new StoreRecord.ContainerCreated(rid, definition, rangesPerContainer, Now(), throughput);
                _logged = _log.AppendAsync(record);
                created = new ContainerStore(ContainerState.Of(record), _log, clock, _logged);
                database.Add(created);
                if (throughput is not null)
                {
                    _state.Offers.Set(new Offer(rid, throughput, record.Timestamp));
                }
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
                _state.Offers.RemoveContainer(container.Rid);
            }
        }

        await WhenLoggedAsync(cancellationToken);
        return found;
    }

    /// <summary>The throughputs of all databases and containers that have one of their own.</summary>
    public IReadOnlyList<Offer> Offers
    {
        get
        {
            lock (_gate)
            {
                return [.. _state.Databases.SelectMany(d => d.Containers.Values.Select(_state.Offers.OfContainer).Prepend(_state.Offers.OfDatabase(d.Rid))).OfType<Offer>()];
            }
        }
    }

    /// <summary>What a container spends from, and who has it: the container, or its database for all that have none of their own.</summary>
    public (object Holder, ProvisionedThroughput Throughput) ThroughputOf(ContainerStore container)
    {
        lock (_gate)
        {
            return _state.Offers.OfContainer(container) is null && _state.Databases.FirstOrDefault(d => d.Rid == container.Rid.Database) is { } database
                ? (database, _state.Offers.OfDatabase(database.Rid)!.Throughput)
                : (container, _state.Offers.OfContainer(container)?.Throughput ?? ProvisionedThroughput.Default);
        }
    }

    /// <summary>Gives a database or a container another throughput.</summary>
    /// <param name="offer">The one it has.</param>
    /// <param name="throughput">The other one.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns><see langword="null"/> if it is not the one it has any more.</returns>
    public async Task<Offer?> ReplaceThroughputAsync(Offer offer, ProvisionedThroughput throughput, CancellationToken cancellationToken)
    {
        Offer? replaced = null;
        lock (_gate)
        {
            if (Offers.Contains(offer))
            {
                replaced = new Offer(offer.Resource, throughput, Now());
                _logged = _log.AppendAsync(new StoreRecord.ThroughputReplaced(replaced));
                _state.Offers.Set(replaced);
            }
        }

        await WhenLoggedAsync(cancellationToken);
        return replaced;
    }

    /// <summary>All it holds as of now; each container goes on, and is to be noted for itself.</summary>
    public AccountNote Note()
    {
        lock (_gate)
        {
            return new AccountNote(
                _state.LastDatabase,
                [.. _state.Databases.Select(d => new DatabaseNote(d.Rid, d.Id, d.Timestamp, d.LastContainer, [.. d.Containers.Values]))],
                [.. _state.Offers.Given]);
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
