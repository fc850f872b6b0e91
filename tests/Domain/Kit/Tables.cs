using EventFunctions.EventSourcing.Testing;

namespace EventFunctions.Domain.Tests.Kit;

/// <summary>Decision tables as the test runner takes them: a test for each cell.</summary>
internal static class Tables
{
    public static TheoryData<string, string, string> ToTheoryData(this IEnumerable<DecisionCell> cells)
    {
        var data = new TheoryData<string, string, string>();
        foreach (var (command, state, outcome) in cells)
        {
            data.Add(command, state, outcome);
        }

        return data;
    }
}
