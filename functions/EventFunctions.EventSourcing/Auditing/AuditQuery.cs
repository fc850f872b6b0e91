namespace EventFunctions.EventSourcing;

/// <summary>Asks the audit trail: what happened to a stream, in a business transaction, or by a user, newest first.</summary>
public sealed record AuditQuery
{
    private AuditQuery(string partition) => Partition = partition;

    /// <summary>Where the answer is, all of it: each way of asking has partitions of its own.</summary>
    public string Partition { get; }

    /// <summary>The earliest time, inclusive; <see langword="null"/> for no limit.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The latest time, exclusive; <see langword="null"/> for no limit.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Everything that decides the answer, as text: the same for queries that ask the same.</summary>
    public string Question => string.Join('\n', "audit", Partition, TimeOf(From), TimeOf(To));

    /// <summary>What happened to a stream.</summary>
    public static AuditQuery OfStream(string stream) => new(Named("stream", stream));

    /// <summary>What happened in a business transaction.</summary>
    public static AuditQuery OfCorrelation(string correlationId) => new(Named("correlation", correlationId));

    /// <summary>What a user did.</summary>
    public static AuditQuery OfUser(string user) => new(Named("user", user));

    /// <summary>Every partition that an entry belongs into, one for each way of asking for it.</summary>
    public static IReadOnlyList<string> PartitionsOf(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        string[] always = [OfStream(entry.Stream).Partition, OfCorrelation(entry.CorrelationId).Partition];
        return entry.User is { Length: > 0 } user ? [.. always, OfUser(user).Partition] : always;
    }

    private static string Named(string way, string what)
    {
        ArgumentException.ThrowIfNullOrEmpty(what);
        return $"{way}:{what}";
    }

    private static string TimeOf(DateTimeOffset? time) => time is { } given ? EventTime.TextOf(given) : "any";
}

/// <summary>A page of the audit trail.</summary>
/// <param name="Entries">At most as many as asked for.</param>
/// <param name="Continuation">Begins the next page; <see langword="null"/> after the last.</param>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Entries, string? Continuation)
{
    /// <summary>The most entries a page may be asked for.</summary>
    public const int MaxSize = 200;
}
