namespace EventFunctions.EventSourcing;

/// <summary>Asks for views of one kind in one partition; what is given must all hold.</summary>
public sealed record ViewQuery
{
    /// <summary>The most conditions a query may have.</summary>
    public const int MaxConditions = 20;

    /// <summary>Asks for all views of a kind in a partition, newest first.</summary>
    /// <param name="partition">The partition of their keys.</param>
    /// <param name="kind">The projection's name.</param>
    public ViewQuery(string partition, string kind)
    {
        ArgumentException.ThrowIfNullOrEmpty(partition);
        ArgumentException.ThrowIfNullOrEmpty(kind);
        Partition = partition;
        Kind = kind;
    }

    /// <summary>The partition.</summary>
    public string Partition { get; private init; }

    /// <summary>The projection's name.</summary>
    public string Kind { get; private init; }

    /// <summary>What must be true of a view; at most <see cref="MaxConditions"/>.</summary>
    /// <exception cref="ArgumentException">There are too many.</exception>
    public IReadOnlyList<ViewCondition> Conditions
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value.Count <= MaxConditions
                ? [.. value]
                : throw new ArgumentException($"A query has at most {MaxConditions} conditions, not {value.Count}.", nameof(value));
        }
    }
    = [];

    /// <summary>
    /// By which field of the views they are sorted; every view has it, as a text (compared by code units) or a number. With
    /// <see langword="null"/> they are sorted by <see cref="VersionedView{TView}.Since"/>. Views that are equal in it come in an
    /// order of the store's choice.
    /// </summary>
    public ViewField? SortedBy { get; init; }

    /// <summary>Whether the largest, or newest, comes first.</summary>
    public bool Descending { get; init; } = true;

    /// <summary>Everything that decides the answer, as text: the same for queries that ask the same.</summary>
    public string Question => string.Join(
        '\n', ["views", Partition, Kind, SortedBy?.Path ?? string.Empty, Descending ? "down" : "up", .. Conditions.Select(c => c.Question)]);

    /// <summary>The same query for a generation of the projection's views; see <see cref="GenerationViewStore"/>.</summary>
    /// <param name="generation">1 or more.</param>
    public ViewQuery In(int generation) => this with
    {
        Partition = GenerationViewStore.PartitionOf(Partition, generation),
        Kind = GenerationViewStore.KindOf(Kind, generation),
    };
}
