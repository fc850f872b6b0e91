namespace EventFunctions.Local.Cosmos.Query;

/// <summary>
/// Where a query's rows come from ("FROM clause", "JOIN clause"): every part is taken for every row of the parts before it, so
/// that a row has one value for each. Without any part there is one row, of nothing.
/// </summary>
/// <param name="Parts">The parts, in order.</param>
/// <param name="Container">The name that the container has at the head of the clause; <see langword="null"/> where it is not there.</param>
/// <param name="Source">The clause as it was written; empty where there is none.</param>
internal sealed record SqlFrom(IReadOnlyList<SqlFromPart> Parts, string? Container, string Source)
{
    public static readonly SqlFrom Nothing = new([], null, string.Empty);

    /// <summary>The most parts, that is, JOINs and one more ("Azure Cosmos DB service quotas", SQL query limits).</summary>
    public const int MostParts = 11;

    /// <summary>The names of all parts that have one.</summary>
    public IReadOnlyList<string> Aliases => [.. Parts.Select(p => p.Alias).OfType<string>()];

    /// <summary>All names that are bound: those of the parts, and the container's, by which an SDK asks for an item's RID.</summary>
    public IReadOnlyList<string> Names => IsItemItself || Container is null ? Aliases : [.. Aliases, Container];

    /// <summary>The name of the first part.</summary>
    public string? Alias => Parts.Count > 0 ? Parts[0].Alias : null;

    /// <summary>Whether an item gives one row, and that is the item.</summary>
    public bool IsItemItself => Parts is [SqlFromPart.Path { Of: SqlExpression.Item, Iterates: false }];
}

/// <summary>A part of a FROM clause.</summary>
internal abstract record SqlFromPart(string? Alias)
{
    /// <summary>The value at a path, or, with IN, each element of the array there. What isn't there gives no row.</summary>
    public sealed record Path(string? Alias, SqlExpression Of, bool Iterates) : SqlFromPart(Alias);

    /// <summary>The values a query gives, or, with IN, each element of the arrays it gives.</summary>
    public sealed record Subquery(string? Alias, SqlQuery Of, bool Iterates) : SqlFromPart(Alias);
}
