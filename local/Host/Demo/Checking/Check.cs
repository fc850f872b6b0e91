namespace EventFunctions.Local.Host.Demo.Checking;

/// <summary>Something that was expected, and what was found.</summary>
/// <param name="What">What was looked at.</param>
/// <param name="Expected">As it should be.</param>
/// <param name="Actual">As it is.</param>
internal sealed record Check(string What, string Expected, string Actual)
{
    /// <summary>Whether it is as it should be.</summary>
    public bool Passed => Expected == Actual;
}

/// <summary>The checks of a scenario, in the order they were made.</summary>
internal sealed class CheckList
{
    private readonly List<Check> _checks = [];

    /// <summary>What was checked so far.</summary>
    public IReadOnlyList<Check> All => _checks;

    /// <summary>Checks that two values are equal; amounts are equal whatever zeros they end in.</summary>
    public void Equal<T>(string what, T expected, T actual) => _checks.Add(new Check(what, Show(expected), Show(actual)));

    /// <summary>Checks that what is expected is among what was found, at least as often.</summary>
    public void Contains(string what, IReadOnlyCollection<string> expected, IReadOnlyCollection<string> actual)
    {
        var missing = Missing(expected, actual);
        Equal(what, "nothing is missing", missing.Count == 0 ? "nothing is missing" : $"missing: {string.Join(", ", missing)}");
    }

    /// <summary>What is expected and not found, as often as it is short.</summary>
    public static IReadOnlyList<string> Missing(IEnumerable<string> expected, IEnumerable<string> actual)
    {
        var left = actual.ToList();
        return [.. expected.Where(item => !left.Remove(item))];
    }

    private static string Show<T>(T value) => value switch
    {
        null => "nothing",
        decimal amount => amount.ToString("0.############################"),
        _ => value.ToString() ?? string.Empty,
    };
}
