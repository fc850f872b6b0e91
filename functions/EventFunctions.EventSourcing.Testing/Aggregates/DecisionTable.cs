namespace EventFunctions.EventSourcing.Testing;

/// <summary>
/// A table of text: the commands down, the states across, in each cell what is decided, as
/// <see cref="DecisionOutcome{TEvent}.InShort"/> writes it. The first row names the states; cells are parted by <c>|</c>.
/// </summary>
public sealed class DecisionTable
{
    /// <summary>Reads a table.</summary>
    /// <exception cref="ArgumentException">It has no row of states, or a row has more or fewer cells than there are states.</exception>
    public DecisionTable(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var rows = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .ToList();
        if (rows.Count == 0)
        {
            throw new ArgumentException("A decision table begins with a row that names the states.", nameof(text));
        }

        States = rows[0][1..];
        var cells = new List<DecisionCell>();
        foreach (var row in rows.Skip(1))
        {
            if (row.Length != rows[0].Length)
            {
                throw new ArgumentException($"Row '{row[0]}' has {row.Length - 1} cells, not {States.Count}.", nameof(text));
            }

            cells.AddRange(States.Zip(row.Skip(1), (state, outcome) => new DecisionCell(row[0], state, outcome)));
        }

        Cells = cells;
    }

    /// <summary>The names of the states, from left to right.</summary>
    public IReadOnlyList<string> States { get; }

    /// <summary>Every cell, row by row.</summary>
    public IReadOnlyList<DecisionCell> Cells { get; }

    /// <summary>The names of the commands, from top to bottom.</summary>
    public IEnumerable<string> Commands => Cells.Select(c => c.Command).Distinct(StringComparer.Ordinal);

    /// <summary>The codes of refusals that the table has, each once.</summary>
    public IEnumerable<string> Codes =>
        Cells.Where(c => c.Outcome.StartsWith('!')).Select(c => c.Outcome[1..]).Distinct(StringComparer.Ordinal);
}

/// <summary>A cell of a <see cref="DecisionTable"/>.</summary>
/// <param name="Command">The name of the command.</param>
/// <param name="State">The name of the state.</param>
/// <param name="Outcome">What is decided, in short.</param>
public sealed record DecisionCell(string Command, string State, string Outcome);
