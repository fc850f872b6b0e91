namespace EventFunctions.Local.Cosmos.Store.Provisioning;

/// <summary>The throughputs of an account's databases and containers; the caller sees to the locking.</summary>
internal sealed class Offers
{
    private readonly Dictionary<ContainerRid, Offer> _given = [];

    /// <summary>Those that were asked for.</summary>
    public IReadOnlyCollection<Offer> Given => _given.Values;

    public void Set(Offer offer) => _given[offer.Resource] = offer;

    public void RemoveContainer(ContainerRid container) => _given.Remove(container);

    public void RemoveDatabase(uint database)
    {
        foreach (var resource in _given.Keys.Where(r => r.Database == database).ToList())
        {
            _given.Remove(resource);
        }
    }

    /// <summary>A database's; <see langword="null"/> where its containers share none.</summary>
    public Offer? OfDatabase(uint database) => _given.GetValueOrDefault(ResourceOf(database));

    /// <summary>A container's own; <see langword="null"/> where it has a share in its database's.</summary>
    public Offer? OfContainer(ContainerStore container) =>
        _given.TryGetValue(container.Rid, out var own) ? own
        : OfDatabase(container.Rid.Database) is null ? new Offer(container.Rid, ProvisionedThroughput.Default, container.Timestamp)
        : null;

    /// <summary>The resource that a database's offer is of.</summary>
    public static ContainerRid ResourceOf(uint database) => new(database, 0);
}
