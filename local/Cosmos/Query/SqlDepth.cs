namespace EventFunctions.Local.Cosmos.Query;

/// <summary>How deep a reader is inside of an expression; bounded, so that no query can exhaust the stack.</summary>
internal sealed class SqlDepth(SqlTokens tokens)
{
    /// <summary>How deep expressions may be nested, and how many operators may follow each other.</summary>
    public const int Most = 128;

    private int _depth;

    /// <exception cref="SqlSyntaxException">That is too deep.</exception>
    public void Enter()
    {
        if (++_depth > Most)
        {
            throw new SqlSyntaxException($"The query is nested more than {Most} levels deep", tokens.Current.Start);
        }
    }

    public void Leave() => _depth--;

    /// <exception cref="SqlSyntaxException">A chain of operators is too long: what it makes is as deep as it is long.</exception>
    public void RefuseChainOf(int length)
    {
        if (length >= Most)
        {
            throw new SqlSyntaxException($"More than {Most} operators follow each other", tokens.Current.Start);
        }
    }
}
