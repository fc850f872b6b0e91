using System.Runtime.CompilerServices;

namespace EventFunctions.EventSourcing;

/// <summary>Writes streams as lines of JSON with checksums, a chunk at a time: a backup, or the way to another store.</summary>
/// <remarks>
/// Events go out as they are stored, whatever schema version they have, archived ones included. A stream that is written
/// meanwhile is exported up to a version that it had. Safe for concurrent use.
/// </remarks>
/// <param name="directory">Lists the streams.</param>
/// <param name="store">Has the heads.</param>
/// <param name="history">Has the events.</param>
/// <param name="tombstones">Tell which events are gone.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class StoreExporter(
    IStreamDirectory directory, IEventStore store, StreamHistory history, ITombstones tombstones, TimeProvider timeProvider)
{
    private const int PageSize = 50;

    /// <summary>The lines of a chunk, each with its line feed; the footer tells how to ask for the next one.</summary>
    /// <param name="request">What to export.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The continuation is not one that an export returned.</exception>
    /// <exception cref="StreamCorruptedException">An event is missing or unreadable. Verify the store; streams may be exported one by one.</exception>
    public async IAsyncEnumerable<byte[]> ExportAsync(ExportRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var cursor = request.Continuation is null ? ExportCursor.Start(request.Only) : ExportCursor.Parse(request.Continuation);
        var chunk = new ChunkWriter(new ExportHeader(
            ExportHeader.FormatName,
            ExportHeader.CurrentVersion,
            request.Source,
            timeProvider.GetUtcNow(),
            cursor.Chunk,
            cursor.After));
        yield return chunk.Header();

        await foreach (var (page, stream) in StreamsAsync(cursor, cancellationToken))
        {
            var next = stream.Value == cursor.Stream ? cursor.Next : 1;
            await foreach (var content in ReadAsync(stream, next, cancellationToken))
            {
                if (chunk.IsFull)
                {
                    yield return chunk.Footer(page, stream, next, cursor.IsOnly);
                    yield break;
                }

                yield return chunk.Line(content);
                next = content switch
                {
                    { Tombstone: { } gone } => gone.Tombstone.KeptFrom,
                    { Event: { } written } => written.Version + 1,
                    _ => next,
                };
            }
        }

        yield return chunk.LastFooter();
    }

    private async IAsyncEnumerable<(string? Page, StreamName Stream)> StreamsAsync(
        ExportCursor cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (cursor.IsOnly)
        {
            yield return (null, StreamName.Parse(cursor.Stream!));
            yield break;
        }

        await foreach (var (page, entry) in DirectoryWalk.FromAsync(directory, PageSize, cursor.Page, cursor.Stream, cancellationToken))
        {
            yield return StreamName.TryParse(entry.Stream, out var stream)
                ? (page, stream)
                : throw new EventFormatException($"The store has a stream '{entry.Stream}', which is no stream's name. Verify the store.");
        }
    }

    /// <summary>What an export says about a stream from a version on.</summary>
    private async IAsyncEnumerable<ExportContent> ReadAsync(
        StreamName stream, long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var head = await store.LoadHeadAsync(stream, cancellationToken);
        if (head.Token is null)
        {
            yield break;
        }

        if (from == 1 && (await tombstones.FindAsync(stream, cancellationToken))?.Tombstone is { KeptFrom: > 1 } gone)
        {
            yield return new ExportContent(Tombstone: new ExportedTombstone(stream.Value, gone with { Through = gone.KeptFrom - 1, Checksum = gone.KeptBase }));
            from = gone.KeptFrom;
        }

        await foreach (var document in history.ReadAsync(stream, from, head.Version, cancellationToken))
        {
            yield return new ExportContent(Event: document);
        }

        yield return new ExportContent(Head: ExportedHead.Of(stream, head));
    }
}

/// <summary>What to export.</summary>
/// <param name="Source">Where the export comes from, for a person.</param>
/// <param name="Only">The one stream to export; <see langword="null"/> for all.</param>
/// <param name="Continuation">The chunk before's, or <see langword="null"/> to begin; it knows what was asked for.</param>
public sealed record ExportRequest(string Source, StreamName? Only = null, string? Continuation = null);
