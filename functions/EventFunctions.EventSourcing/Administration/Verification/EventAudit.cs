namespace EventFunctions.EventSourcing;

/// <summary>Looks at a stream's events one after the other, and replays them as long as that makes sense.</summary>
/// <param name="stream">The stream.</param>
/// <param name="verdict">Gets what is found.</param>
/// <param name="ids">The events of the page so far.</param>
/// <param name="serializer">Knows which events can be read.</param>
/// <param name="replay">The replay; <see langword="null"/> if nobody knows the aggregate.</param>
/// <param name="snapshot">What to compare it with; <see langword="null"/> if there is nothing that could be.</param>
internal sealed class EventAudit(
    StreamName stream, StreamVerdict verdict, EventIds ids, EventSerializer serializer, ISnapshotReplay? replay, StateSnapshot? snapshot)
{
    private ISnapshotReplay? _replay = replay;

    /// <summary>Gives the replay up: events are missing.</summary>
    public void SkipReplay() => _replay = null;

    /// <summary>Looks at the next event.</summary>
    /// <param name="stored">The event.</param>
    /// <param name="checksum">The chain so far; <see langword="null"/> if none is wanted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The chain after the event; <see langword="null"/> if none is wanted, or the event is unreadable.</returns>
    public async Task<string?> CheckAsync(StoredEvent stored, string? checksum, CancellationToken cancellationToken)
    {
        verdict.Events++;
        try
        {
            var document = stored.ToDocument();
            if (document.Stream != stream.Value)
            {
                throw new EventFormatException($"It says that it is of stream '{document.Stream}'.");
            }

            if (ids.Claim(document.EventId, stream, document.Version) is { } other)
            {
                Add(FindingCodes.DuplicateEventId, stored.Version, $"Its id {document.EventId} is that of {other} too.");
            }

            checksum = checksum is null ? null : ChecksumChain.After(checksum, document);
            Replay(await serializer.ReadAsync(document, cancellationToken));
            return checksum;
        }
        catch (UnknownEventTypeException exception)
        {
            SkipReplay();
            Add(FindingCodes.UnknownType, stored.Version, exception.Message);
            return checksum;
        }
        catch (EventFormatException exception)
        {
            SkipReplay();
            Add(FindingCodes.UnreadableEvent, stored.Version, exception.Message);
            return null;
        }
    }

    private void Replay(EventEnvelope envelope)
    {
        if (_replay is null)
        {
            return;
        }

        if (!_replay.Apply(envelope))
        {
            SkipReplay();
            Add(FindingCodes.ForeignEvent, envelope.Version, $"'{envelope.Type}' is not an event of the stream's aggregate.");
        }
        else if (snapshot?.Version == envelope.Version)
        {
            verdict.SnapshotsCompared++;
            if (!_replay.Matches(snapshot))
            {
                Add(
                    FindingCodes.SnapshotDiffers,
                    snapshot.Version,
                    "The snapshot says something else than the events, and every later state follows from it. "
                    + "Raise the state's schema number, so that it is rebuilt.");
            }
        }
    }

    private void Add(string code, long? version, string detail) => verdict.Findings.Add(new Finding(code, stream.Value, version, detail));
}
