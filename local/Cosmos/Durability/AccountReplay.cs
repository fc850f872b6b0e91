using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Local.Journal.Payloads;

namespace EventFunctions.Local.Cosmos.Durability;

/// <summary>
/// Builds an account up again from the records of its journal. The parts of a snapshot are noted while changes go on, each at its own
/// moment, so a change in the log behind it may be in the snapshot already. Then it is skipped: databases and containers have numbers
/// that only rise, writes of items a position in their range, and another definition may be taken on twice.
/// </summary>
internal sealed class AccountReplay
{
    private readonly Dictionary<uint, (StoreRecord.DatabaseCreated Created, uint LastContainer)> _databases = [];
    private readonly Dictionary<ContainerRid, ContainerState> _containers = [];
    private readonly SnapshotContainer _noted = new();
    private uint _lastDatabase;

    /// <summary>Takes the next record.</summary>
    /// <exception cref="InvalidDataException">It is none of this endpoint's, or does not follow on the ones before.</exception>
    public void Take(byte kind, ReadOnlySpan<byte> payload)
    {
        var reader = new RecordReader(payload);
        switch ((RecordKind)kind)
        {
            case RecordKind.AccountNoted:
                _lastDatabase = reader.ReadUInt32();
                break;
            case RecordKind.DatabaseNoted:
                var created = new StoreRecord.DatabaseCreated(reader.ReadUInt32(), reader.ReadText(), reader.ReadInt64());
                _databases.Add(created.Rid, (created, reader.ReadUInt32()));
                break;
            case RecordKind.ContainerNoted:
                _noted.Begin(ref reader);
                break;
            case RecordKind.ItemNoted:
                _noted.Add(ref reader);
                break;
            case RecordKind.ContainerComplete:
                var container = _noted.Build();
                _containers.Add(container.Rid, container);
                break;
            case var change:
                Apply(StoreRecordCodec.Read(change, payload));
                return;
        }

        reader.End();
    }

    /// <summary>The account, when there are no more records.</summary>
    public AccountState Build(IStoreLog log, TimeProvider clock)
    {
        var account = new AccountState();
        foreach (var (created, lastContainer) in _databases.Values)
        {
            var database = account.Add(created);
            foreach (var state in _containers.Values.Where(c => c.Rid.Database == created.Rid))
            {
                database.Add(new ContainerStore(state, log, clock));
            }

            database.LastContainer = lastContainer;
        }

        account.LastDatabase = _lastDatabase;
        return account;
    }

    private void Apply(StoreRecord record)
    {
        switch (record)
        {
            case StoreRecord.DatabaseCreated created when created.Rid > _lastDatabase:
                _databases.Add(created.Rid, (created, 0));
                _lastDatabase = created.Rid;
                break;
            case StoreRecord.DatabaseDeleted(var rid):
                _databases.Remove(rid);
                foreach (var container in _containers.Keys.Where(c => c.Database == rid).ToList())
                {
                    _containers.Remove(container);
                }

                break;
            case StoreRecord.ContainerCreated created when _databases.TryGetValue(created.Rid.Database, out var database) && created.Rid.Container > database.LastContainer:
                _databases[created.Rid.Database] = database with { LastContainer = created.Rid.Container };
                _containers.Add(created.Rid, ContainerState.Of(created));
                break;
            case StoreRecord.ContainerDeleted(var rid):
                _containers.Remove(rid);
                break;
            case StoreRecord.ContainerReplaced replaced when Find(replaced.Rid) is { } container:
                container.Apply(replaced);
                break;
            case StoreRecord.ItemsChanged changed when Find(changed.Container) is { } container && changed.Lsn > container.Range(changed.Range).Lsn:
                container.Apply(changed);
                break;
        }
    }

    /// <summary>The container; <see langword="null"/> if it was deleted.</summary>
    private ContainerState? Find(ContainerRid rid)
    {
        if (_containers.TryGetValue(rid, out var container))
        {
            return container;
        }

        var wasThere = _databases.TryGetValue(rid.Database, out var database) ? rid.Container <= database.LastContainer : rid.Database <= _lastDatabase;
        return wasThere ? null : throw new InvalidDataException($"The journal has a change of the container {rid.Container} of database {rid.Database}, but not its creation.");
    }
}
