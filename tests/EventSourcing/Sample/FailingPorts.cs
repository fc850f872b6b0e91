namespace EventFunctions.EventSourcing.Tests.Sample;

/// <summary>Counts the operations on a store's ports, and lets one of them fail: before it takes effect, or after.</summary>
public sealed class FailingPorts(StorePorts inner)
{
    /// <summary>The operation that fails, 1 for the first; 0 for none.</summary>
    public int FailAt { get; set; }

    /// <summary>Whether the operation that fails takes effect.</summary>
    public bool IsAnswerLost { get; set; }

    public int Operations { get; private set; }

    public StorePorts Ports => new(new Store(this), inner.Lookup, inner.Directory, new Items(this), new Archive(this), new Tombstones(this));

    private async Task<T> RunAsync<T>(Func<Task<T>> operation)
    {
        if (++Operations != FailAt)
        {
            return await operation();
        }

        if (IsAnswerLost)
        {
            await operation();
        }

        throw new StoreUnavailableException($"Operation {FailAt} failed on purpose.");
    }

    private sealed class Store(FailingPorts owner) : IEventStore
    {
        private readonly IEventStore _inner = owner.Inner.Store;

        public Task<StreamHead> LoadHeadAsync(StreamName stream, CancellationToken cancellationToken = default) =>
            owner.RunAsync(() => _inner.LoadHeadAsync(stream, cancellationToken));

        public Task<AppendResult> AppendAsync(StreamAppend append, CancellationToken cancellationToken = default) =>
            owner.RunAsync(() => _inner.AppendAsync(append, cancellationToken));

        public IAsyncEnumerable<EventEnvelope> ReadAsync(StreamName stream, long fromVersion, CancellationToken cancellationToken = default) =>
            _inner.ReadAsync(stream, fromVersion, cancellationToken);
    }

    private sealed class Items(FailingPorts owner) : IStreamItems
    {
        private readonly IStreamItems _inner = owner.Inner.Items;

        public Task<IReadOnlyList<StoredEvent>> ReadAsync(StreamName stream, long from, long through, CancellationToken cancellationToken = default) =>
            owner.RunAsync(() => _inner.ReadAsync(stream, from, through, cancellationToken));

        public Task<AppendResult> RestoreAsync(StreamRestoration restoration, CancellationToken cancellationToken = default) =>
            owner.RunAsync(() => _inner.RestoreAsync(restoration, cancellationToken));

        public Task<int> DeleteAsync(StreamName stream, long through, CancellationToken cancellationToken = default) =>
            owner.RunAsync(() => _inner.DeleteAsync(stream, through, cancellationToken));
    }

    private sealed class Archive(FailingPorts owner) : IEventArchive
    {
        private readonly IEventArchive _inner = owner.Inner.Archive;

        public Task<IReadOnlyList<StoredEvent>> ReadAsync(StreamName stream, long from, long through, CancellationToken cancellationToken = default) =>
            owner.RunAsync(() => _inner.ReadAsync(stream, from, through, cancellationToken));

        public Task WriteAsync(StreamName stream, IReadOnlyList<EventDocument> events, CancellationToken cancellationToken = default) =>
            owner.RunAsync(async () =>
            {
                await _inner.WriteAsync(stream, events, cancellationToken);
                return true;
            });

        public Task<int> DeleteAsync(StreamName stream, long through, CancellationToken cancellationToken = default) =>
            owner.RunAsync(() => _inner.DeleteAsync(stream, through, cancellationToken));
    }

    private sealed class Tombstones(FailingPorts owner) : ITombstones
    {
        private readonly ITombstones _inner = owner.Inner.Tombstones;

        public Task<StoredTombstone?> FindAsync(StreamName stream, CancellationToken cancellationToken = default) =>
            owner.RunAsync(() => _inner.FindAsync(stream, cancellationToken));

        public Task<bool> SaveAsync(StreamName stream, Tombstone tombstone, string? token, CancellationToken cancellationToken = default) =>
            owner.RunAsync(() => _inner.SaveAsync(stream, tombstone, token, cancellationToken));
    }

    private StorePorts Inner => inner;
}
