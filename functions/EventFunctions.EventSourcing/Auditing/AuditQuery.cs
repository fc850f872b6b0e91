namespace EventFunctions.EventSourcing;

/// <summary>Asks the audit trail: what happened to a stream, in a business transaction, or by a user, newest first.</summary>
public sealed record AuditQuery
{
    private AuditQuery()
    {
    }

    /// <summary>What it happened to, where that is asked.</summary>
    public string? Stream { get; private init; }

    /// <summary>The business transaction, where that is asked.</summary>
    public string? CorrelationId { get; private init; }

    /// <summary>Who did it, where that is asked.</summary>
    public string? User { get; private init; }

    /// <summary>The earliest time, inclusive; <see langword="null"/> for no limit.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The latest time, exclusive; <see langword="null"/> for no limit.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Everything that decides the answer, as text: the same for queries that ask the same.</summary>
    public string Question => string.Join(
        '\n',
        "audit",
        Stream is not null ? $"stream:{Stream}" : CorrelationId is not null ? $"correlation:{CorrelationId}" : $"user:{User}",
        TimeOf(From),
        TimeOf(To));

    /// <summary>What happened to a stream.</summary>
    public static AuditQuery OfStream(string stream) => new() { Stream = Named(stream) };

    /// <summary>What happened in a business transaction.</summary>
    public static AuditQuery OfCorrelation(string correlationId) => new() { CorrelationId = Named(correlationId) };

    /// <summary>What a user did.</summary>
    public static AuditQuery OfUser(string user) => new() { User = Named(user) };

    /// <summary>Whether an entry belongs into the answer.</summary>
    public bool Finds(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return (Stream is null || entry.Stream == Stream)
            && (CorrelationId is null || entry.CorrelationId == CorrelationId)
            && (User is null || entry.User == User)
            && (From is not { } from || entry.Time >= from)
            && (To is not { } to || entry.Time < to);
    }

    private static string Named(string what)
    {
        ArgumentException.ThrowIfNullOrEmpty(what);
        return what;
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
