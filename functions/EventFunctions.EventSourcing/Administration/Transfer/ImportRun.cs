namespace EventFunctions.EventSourcing;

/// <summary>The lines of one stream that follow each other in a chunk, sorted out before the store is asked.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Tombstone">What it begins with, where events are gone.</param>
/// <param name="Events">The events that make sense, in order and without gaps.</param>
/// <param name="Head">The head, where it is in the chunk and every event before it made sense.</param>
/// <param name="HeadLine">The head's line; 0 where there is none.</param>
/// <param name="Problems">What does not make sense.</param>
internal sealed record ImportRun(
    StreamName Stream,
    Tombstone? Tombstone,
    IReadOnlyList<NumberedEvent> Events,
    ExportedHead? Head,
    int HeadLine,
    IReadOnlyList<ImportProblem> Problems)
{
    /// <summary>Sorts out the lines. Pure.</summary>
    public static ImportRun Of(StreamName stream, IEnumerable<(int Number, ExportContent Content)> lines, ImportCheck check)
    {
        Tombstone? tombstone = null;
        ExportedHead? head = null;
        var headLine = 0;
        var events = new List<NumberedEvent>();
        var problems = new List<ImportProblem>();
        foreach (var (number, content) in lines)
        {
            var document = content.Event;
            var cause = problems.Count > 0
                ? $"it follows line {problems[0].Line}, which is not taken."
                : document is null ? null : ProblemOf(document, events.Count > 0 ? events[^1].Event.Version + 1 : document.Version, check);
            if (cause is not null)
            {
                problems.Add(new ImportProblem(number, stream.Value, document?.Version, cause));
                continue;
            }

            tombstone ??= content.Tombstone?.Tombstone;
            (head, headLine) = content.Head is { } read ? (read, number) : (head, headLine);
            if (document is not null)
            {
                events.Add(new NumberedEvent(number, document with { Time = document.Time.ToUniversalTime() }));
            }
        }

        return new ImportRun(stream, tombstone, events, head, headLine, problems);
    }

    private static string? ProblemOf(EventDocument document, long expected, ImportCheck check) =>
        document.Version == expected ? check.ProblemOf(document) : $"event {expected} is expected here.";
}

/// <summary>An event and the line it is on.</summary>
internal readonly record struct NumberedEvent(int Line, EventDocument Event);
