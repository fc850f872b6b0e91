namespace EventFunctions.Local.Cosmos.Query;

/// <summary>
/// What names mean where an expression is evaluated: a chain from the innermost name outwards. A group's aggregates are part of it,
/// so that they are found from a query inside of the one that has them.
/// </summary>
internal sealed class SqlBindings
{
    private readonly SqlBindings? _outer;
    private readonly string? _name;
    private readonly SqlValue _value;
    private readonly IReadOnlyDictionary<SqlExpression.Aggregate, SqlValue>? _aggregates;

    private SqlBindings(SqlValue item, SqlBindings? outer, string? name, SqlValue value, IReadOnlyDictionary<SqlExpression.Aggregate, SqlValue>? aggregates)
    {
        CurrentItem = item;
        _outer = outer;
        _name = name;
        _value = value;
        _aggregates = aggregates;
    }

    /// <summary>The item that the outermost query is at.</summary>
    public SqlValue CurrentItem { get; }

    /// <summary>The bindings at an item, before any FROM clause.</summary>
    public static SqlBindings At(SqlValue item) => new(item, null, null, SqlValue.Undefined, null);

    public SqlBindings With(string? name, SqlValue value) => new(CurrentItem, this, name, value, null);

    /// <param name="aggregates">The results of a group, by reference: the same function may stand twice in a query.</param>
    public SqlBindings With(IReadOnlyDictionary<SqlExpression.Aggregate, SqlValue> aggregates) => new(CurrentItem, this, null, SqlValue.Undefined, aggregates);

    /// <summary>The value of the nearest such name; undefined where none is bound, as in a group of no items.</summary>
    public SqlValue this[string name]
    {
        get
        {
            for (var at = this; at is not null; at = at._outer)
            {
                if (at._name == name)
                {
                    return at._value;
                }
            }

            return SqlValue.Undefined;
        }
    }

    /// <summary>What SELECT * gives: the value bound last.</summary>
    public SqlValue Innermost => _value;

    /// <summary>The result of an aggregate.</summary>
    /// <exception cref="InvalidOperationException">It is of no query around here.</exception>
    public SqlValue ResultOf(SqlExpression.Aggregate aggregate)
    {
        for (var at = this; at is not null; at = at._outer)
        {
            if (at._aggregates?.TryGetValue(aggregate, out var result) == true)
            {
                return result;
            }
        }

        throw new InvalidOperationException("An aggregate has no value for one row.");
    }
}
