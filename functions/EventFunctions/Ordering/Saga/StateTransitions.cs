namespace EventFunctions.Ordering.Saga;

/// <summary>Which state of a saga may follow which. The diagram in <c>docs/sagas</c> shows the same, and a test compares them.</summary>
public sealed class StateTransitions
{
    /// <summary>What a saga is in before its first state.</summary>
    public const string Start = "[*]";

    private readonly string _saga;
    private readonly HashSet<(string From, string To)> _steps;

    /// <summary>Makes a table.</summary>
    /// <param name="saga">The saga's name, for the message about a transition that is not in the table.</param>
    /// <param name="rows">Each state, <see cref="Start"/> among them, with the states that may follow it; an end state has no row.</param>
    public StateTransitions(string saga, params IReadOnlyList<(string From, IReadOnlyList<string> To)> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        _saga = saga;
        _steps = [.. rows.SelectMany(row => row.To.Select(to => (row.From, to)))];
    }

    /// <summary>Every transition, those from <see cref="Start"/> among them.</summary>
    public IReadOnlySet<(string From, string To)> Steps => _steps;

    /// <summary>Every state.</summary>
    public IReadOnlySet<string> States =>
        _steps.SelectMany(s => new[] { s.From, s.To }).Where(s => s != Start).ToHashSet(StringComparer.Ordinal);

    /// <summary>The states that nothing follows.</summary>
    public IReadOnlySet<string> Ends => States.Except(_steps.Select(s => s.From)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Takes a saga from one state to the next, or leaves it in the same.</summary>
    /// <returns>The next state.</returns>
    /// <exception cref="InvalidOperationException">The table does not have the transition, which is a bug of the saga.</exception>
    public string Next(string from, string to) => from == to || _steps.Contains((from, to))
        ? to
        : throw new InvalidOperationException($"{_saga} went from {from} to {to}, which its table of transitions does not have.");
}
