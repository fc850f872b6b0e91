using EventFunctions.Local.Cosmos.Store.Provisioning;

namespace EventFunctions.Local.Cosmos.Store;

/// <summary>What an account holds; the caller sees to the locking.</summary>
internal sealed class AccountState
{
    private readonly Dictionary<string, Database> _databases = new(StringComparer.Ordinal);

    public IReadOnlyCollection<Database> Databases => _databases.Values;

    /// <summary>The number of the database created last, whether it is still there or not.</summary>
    public uint LastDatabase { get; set; }

    /// <summary>The throughputs of databases and containers.</summary>
    public Offers Offers { get; } = new();

    public Database? Find(string id) => _databases.GetValueOrDefault(id);

    public Database Add(StoreRecord.DatabaseCreated record)
    {
        var database = new Database(record.Rid, record.Id, record.Timestamp);
        _databases.Add(database.Id, database);
        LastDatabase = Math.Max(LastDatabase, database.Rid);
        if (record.Throughput is { } throughput)
        {
            Offers.Set(new Offer(Offers.ResourceOf(record.Rid), throughput, record.Timestamp));
        }

        return database;
    }

    public void Remove(Database database)
    {
        _databases.Remove(database.Id);
        Offers.RemoveDatabase(database.Rid);
    }
}

/// <summary>A database; its containers are the account's to change.</summary>
internal sealed class Database(uint rid, string id, long timestamp)
{
    private readonly Dictionary<string, ContainerStore> _containers = new(StringComparer.Ordinal);

    public uint Rid => rid;

    public string Id => id;

    public long Timestamp => timestamp;

    public IReadOnlyDictionary<string, ContainerStore> Containers => _containers;

    /// <summary>The number of the container created last, whether it is still there or not.</summary>
    public uint LastContainer { get; set; }

    public void Add(ContainerStore container)
    {
        _containers.Add(container.Definition.Id, container);
        LastContainer = Math.Max(LastContainer, container.Rid.Container);
    }

    public void Remove(ContainerStore container) => _containers.Remove(container.Definition.Id);
}
