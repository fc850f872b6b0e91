namespace EventFunctions.EventSourcing;

/// <summary>Walks a store, page by page, and tells what in it should not be so. It changes nothing.</summary>
/// <remarks>
/// A page ends after its number of streams, or earlier after <see cref="EventsPerPage"/> events; a stream is always verified as
/// a whole. Event ids are compared within a page; equal ids in streams of different pages are not found. A stream that is
/// written meanwhile is verified as far as the head it had; what looks like damage is looked at twice, for it may be a writer. Safe for concurrent use.
/// </remarks>
/// <param name="directory">Lists the streams.</param>
/// <param name="store">Has the heads.</param>
/// <param name="items">Reads the streams.</param>
/// <param name="archive">Reads the archive.</param>
/// <param name="tombstones">Tell what was taken out.</param>
/// <param name="serializer">Knows which events can be read.</param>
/// <param name="checks">Judge the snapshots.</param>
/// <param name="personalData">Opens what is sealed in snapshots; <see cref="PersonalDataVault.None"/> where it is left out.</param>
public sealed class StoreVerifier(
    IStreamDirectory directory,
    IEventStore store,
    IStreamItems items,
    IEventArchive archive,
    ITombstones tombstones,
    EventSerializer serializer,
    IEnumerable<ISnapshotCheck> checks,
    PersonalDataVault? personalData = null)
{
    /// <summary>After how many events a page takes no further stream.</summary>
    public const int EventsPerPage = 10_000;

    private readonly IReadOnlyDictionary<string, ISnapshotCheck> _checks = checks.ToDictionary(c => c.Category, StringComparer.Ordinal);

    /// <summary>Verifies a page of streams.</summary>
    /// <param name="pageSize">How many streams at most: 1 to <see cref="VerificationPage.MaxSize"/>.</param>
    /// <param name="continuation">The page before's, or <see langword="null"/> to begin.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentOutOfRangeException">The page size is out of its range.</exception>
    /// <exception cref="ArgumentException">The continuation is not one that a verification returned.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be reached. The same page may be asked for again.</exception>
    public async Task<VerificationPage> VerifyAsync(int pageSize, string? continuation = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, VerificationPage.MaxSize);
        var cursor = continuation is null ? null : VerificationCursor.Parse(continuation);
        var (ids, verdicts) = (new EventIds(), new List<StreamVerdict>());
        await foreach (var (page, entry) in DirectoryWalk.FromAsync(directory, pageSize, cursor?.Page, cursor?.Stream, cancellationToken))
        {
            if (verdicts.Count == pageSize || verdicts.Sum(v => v.Events) >= EventsPerPage)
            {
                return PageOf(verdicts, new VerificationCursor(page, entry.Stream).ToText());
            }

            verdicts.Add(await VerifyAsync(entry, ids, cancellationToken));
        }

        return PageOf(verdicts, null);
    }

    private static VerificationPage PageOf(List<StreamVerdict> verdicts, string? continuation) => new(
        [.. verdicts.SelectMany(v => v.Findings)],
        verdicts.Count,
        verdicts.Sum(v => v.Events),
        verdicts.Sum(v => v.SnapshotsCompared),
        continuation);

    private async Task<StreamVerdict> VerifyAsync(DirectoryEntry entry, EventIds ids, CancellationToken cancellationToken)
    {
        if (!StreamName.TryParse(entry.Stream, out var stream))
        {
            return StreamVerdict.Of(FindingCodes.StreamName, entry.Stream, "The partition's key is no stream's name ([tenant.]category-id).");
        }

        if (entry.Head is not { } head)
        {
            return StreamVerdict.Of(FindingCodes.UnreadableHead, entry.Stream, entry.Problem ?? "The head cannot be read.");
        }

        var verdict = await VerifyAsync(stream, head, ids, cancellationToken);
        if (verdict.Findings.Count > 0)
        {
            // An append, or an archiving, between two reads looks like damage once; damage does so again.
            verdict = await VerifyAsync(stream, await store.LoadHeadAsync(stream, cancellationToken), ids, cancellationToken);
        }

        return verdict;
    }

    private async Task<StreamVerdict> VerifyAsync(StreamName stream, StreamHead head, EventIds ids, CancellationToken cancellationToken)
    {
        var verdict = new StreamVerdict();
        var check = _checks.GetValueOrDefault(stream.Category);
        StateSnapshot? comparable = null;
        if (head.Snapshot is { } snapshot && check?.Judge(snapshot) == SnapshotStanding.Usable)
        {
            try
            {
                comparable = await snapshot.OpenAsync(stream, personalData ?? PersonalDataVault.None, cancellationToken);
            }
            catch (StreamCorruptedException exception)
            {
                verdict.Findings.Add(new Finding(FindingCodes.UnreadableSnapshot, stream.Value, null, exception.Message));
            }
        }
        var audit = new EventAudit(stream, verdict, ids, serializer, check?.Replay(), comparable);
        return await new StreamVerification(stream, head, check, audit, verdict, items, archive, tombstones).RunAsync(cancellationToken);
    }
}
