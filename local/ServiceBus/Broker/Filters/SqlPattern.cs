namespace EventFunctions.Local.ServiceBus;

/// <summary>A LIKE pattern: <c>%</c> is any run of characters, <c>_</c> any one; the escape character takes both literally.</summary>
internal static class SqlPattern
{
    /// <summary>Whether the whole text is of the pattern's form, letter case included. Linear but for runs of <c>%</c>.</summary>
    /// <exception cref="FilterException">The pattern ends in its escape character.</exception>
    public static bool Matches(string text, string pattern, char? escape)
    {
        var parts = Parts(pattern, escape);
        int at = 0, part = 0, resumeAt = 0, resumePart = -1;
        while (at < text.Length)
        {
            if (part < parts.Count && parts[part].IsRun)
            {
                (resumePart, resumeAt) = (part++, at);
            }
            else if (part < parts.Count && (parts[part].Character is not { } character || character == text[at]))
            {
                part++;
                at++;
            }
            else if (resumePart >= 0)
            {
                part = resumePart + 1;
                at = ++resumeAt;
            }
            else
            {
                return false;
            }
        }

        while (part < parts.Count && parts[part].IsRun)
        {
            part++;
        }

        return part == parts.Count;
    }

    private static List<(bool IsRun, char? Character)> Parts(string pattern, char? escape)
    {
        var parts = new List<(bool, char?)>(pattern.Length);
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == escape)
            {
                if (++i == pattern.Length)
                {
                    throw new FilterException("The LIKE pattern ends in its escape character.");
                }

                parts.Add((false, pattern[i]));
            }
            else
            {
                parts.Add(pattern[i] switch { '%' => (true, null), '_' => (false, null), var c => (false, c) });
            }
        }

        return parts;
    }
}
