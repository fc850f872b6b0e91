namespace EventFunctions.EventSourcing.Testing;

/// <summary>Shows where two texts differ, line by line: <c>-</c> what was expected only, <c>+</c> what is there only.</summary>
internal static class TextDifference
{
    /// <summary>How many equal lines are shown around what differs.</summary>
    private const int Context = 3;

    /// <summary>The lines that differ and those around them; empty if the texts are equal.</summary>
    public static string Between(string expected, string actual)
    {
        if (expected == actual)
        {
            return string.Empty;
        }

        var lines = Compare(expected.Split('\n'), actual.Split('\n'));
        var shown = lines.Select((_, at) => lines.Skip(at - Context).Take(at < Context ? at + Context + 1 : (2 * Context) + 1).Any(l => l.Mark != ' ')).ToList();
        var text = new List<string>();
        for (var i = 0; i < lines.Count; i++)
        {
            if (shown[i])
            {
                text.Add($"{lines[i].Mark} {lines[i].Text}");
            }
            else if (i == 0 || shown[i - 1])
            {
                text.Add("  …");
            }
        }

        return string.Join('\n', text);
    }

    /// <summary>The shortest way from one text to the other, by their longest common subsequence of lines.</summary>
    private static List<(char Mark, string Text)> Compare(string[] expected, string[] actual)
    {
        var common = new int[expected.Length + 1, actual.Length + 1];
        for (var i = expected.Length - 1; i >= 0; i--)
        {
            for (var j = actual.Length - 1; j >= 0; j--)
            {
                common[i, j] = expected[i] == actual[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var lines = new List<(char Mark, string Text)>();
        var (e, a) = (0, 0);
        while (e < expected.Length || a < actual.Length)
        {
            if (e < expected.Length && a < actual.Length && expected[e] == actual[a])
            {
                lines.Add((' ', expected[e++]));
                a++;
            }
            else if (a == actual.Length || (e < expected.Length && common[e + 1, a] >= common[e, a + 1]))
            {
                lines.Add(('-', expected[e++]));
            }
            else
            {
                lines.Add(('+', actual[a++]));
            }
        }

        return lines;
    }
}
