namespace EventFunctions.Local.DurableTask;

/// <summary>
/// The decisions of a history, and which of the code's decisions each of them is. With ids that is a matter of the id; without them the
/// first that fits is taken: of the same kind and name, and of the same input if several were made at the same moment.
/// </summary>
internal sealed class RecordedDecisions
{
    private readonly List<RecordedDecision> _unmade;
    private readonly Dictionary<RecordedDecision, int> _made = [];
    private readonly HashSet<RecordedDecision> _answered = [];
    private readonly bool _isRewound;
    private RecordedDecision? _last;

    public RecordedDecisions(IReadOnlyList<RecordedEvent> events)
    {
        _isRewound = events.Any(happened => happened is RecordedEvent.Rewound);
        _unmade = [.. events.Select(DecisionOf).OfType<RecordedDecision>().Distinct().OrderBy(decision => decision.At)];
    }

    /// <summary>What the code has decided and nothing has answered yet.</summary>
    public IEnumerable<RecordedDecision> Open =>
        _made.Keys.Where(decision => decision.Kind != DecisionKinds.Event && !_answered.Contains(decision)).OrderBy(decision => _made[decision]);

    /// <summary>What the code has not decided; the earliest first.</summary>
    public IEnumerable<RecordedDecision> Unmade => _unmade.OrderBy(decision => decision.Position);

    /// <summary>The id that the code gave to a decision; <see langword="null"/> if it has not made it.</summary>
    public int? IdOf(RecordedDecision decision) => _made.TryGetValue(decision, out var id) ? id : null;

    /// <summary>The decision has been answered.</summary>
    public void Answer(RecordedDecision decision) => _answered.Add(decision);

    /// <summary>Finds what the history says of a decision of the code.</summary>
    /// <param name="decided">The code's decision.</param>
    /// <param name="input">Its input, serialized.</param>
    /// <returns>The recorded decision, and whether it is the same; nothing if the history has none that it could be.</returns>
    public (RecordedDecision? Recorded, bool IsSame) Match(DecisionIdentity decided, string? input)
    {
        if (_unmade.Find(decision => decision.Id == decided.TaskId) is { } byId)
        {
            return Is(byId, decided) ? (Take(byId, decided.TaskId), true) : (byId, false);
        }

        var fitting = _unmade.FindAll(decision => decision.Id is null && Is(decision, decided));
        if (fitting.Count == 0)
        {
            return (null, false);
        }

        // In a history that was rewound a call that was made again may stand anywhere behind its first place.
        var possible = _isRewound ? fitting : fitting.FindAll(decision => decision.At == fitting[0].At);
        var found = possible.Find(decision => decision.Input == input) ?? possible[0];

        // The code decides in the order of its ids, so an earlier id can't have been decided later.
        return !_isRewound && found.At < _last?.At ? (_last, false) : (Take(found, decided.TaskId), true);
    }

    private RecordedDecision Take(RecordedDecision decision, int taskId)
    {
        _unmade.Remove(decision);
        _made.Add(decision, taskId);
        return _last = decision;
    }

    private static bool Is(RecordedDecision recorded, DecisionIdentity decided) =>
        decided == new DecisionIdentity(decided.TaskId, recorded.Kind, recorded.Name);

    private static RecordedDecision? DecisionOf(RecordedEvent happened) => happened switch
    {
        RecordedEvent.Decided decided => decided.Decision,
        RecordedEvent.Answered answered => answered.Decision,
        _ => null,
    };
}
