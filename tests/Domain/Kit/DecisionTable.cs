namespace EventFunctions.Domain.Tests.Kit;

/// <summary>A table of text: the commands down, the states across, in each cell what is decided.</summary>
internal sealed class DecisionTable
{
    private readonly List<(string Command, string State, string Outcome)> _cells = [];

    public DecisionTable(string text)
    {
        var rows = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .ToList();
        States = rows[0][1..];
        foreach (var row in rows.Skip(1))
        {
            Assert.True(row.Length == rows[0].Length, $"Row '{row[0]}' has {row.Length - 1} cells, not {States.Count}.");
            _cells.AddRange(States.Zip(row.Skip(1), (state, outcome) => (row[0], state, outcome)));
        }
    }

    public IReadOnlyList<string> States { get; }

    public IEnumerable<string> Commands => _cells.Select(c => c.Command).Distinct();

    public IEnumerable<string> Codes => _cells.Where(c => c.Outcome.StartsWith('!')).Select(c => c.Outcome[1..]).Distinct();

    public TheoryData<string, string, string> Cells()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var (command, state, outcome) in _cells)
        {
            data.Add(command, state, outcome);
        }

        return data;
    }
}
