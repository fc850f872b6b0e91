namespace EventFunctions.Local.ServiceBus.Tests.Rules;

/// <summary>
/// Comparison and arithmetic over all types a property can have (Microsoft Learn, "Subscription rule SQL filter syntax", "Operator
/// binding semantics": as in C#).
/// </summary>
public sealed class SqlComparisonTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Pairs of values, the left one the lesser.</summary>
    private static readonly (string Name, object Less, object More)[] Pairs =
    [
        ("long", 1L, 2L),
        ("int and long", 1, 2L),
        ("byte and int", (byte)1, 2),
        ("short and uint", (short)-1, 2u),
        ("long and ulong", long.MaxValue, ulong.MaxValue),
        ("double", 1.5, 2.5),
        ("int and double", 1, 1.5),
        ("float and double", 1.25f, 1.5),
        ("decimal", 1.5m, 2.5m),
        ("int and decimal", 1, 1.5m),
        ("decimal and double", 1.5m, 1.75),
        ("text", "abc", "abd"),
        ("text by its characters", "Z", "a"),
        ("char and text", 'a', "b"),
        ("times", Noon, Noon.AddTicks(1)),
        ("times of other offsets", Noon.ToOffset(TimeSpan.FromHours(5)), Noon.AddHours(1)),
        ("time without offset", Noon.UtcDateTime, Noon.AddSeconds(1)),
        ("durations", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)),
    ];

    public static TheoryData<string, string, bool> Orders()
    {
        var cases = new TheoryData<string, string, bool>();
        foreach (var (name, _, _) in Pairs)
        {
            foreach (var (expression, expected) in new[]
            {
                ("a < b", true), ("a <= b", true), ("a > b", false), ("a >= b", false), ("a = b", false), ("a <> b", true), ("a != b", true),
                ("b < a", false), ("b >= a", true), ("a <= a", true), ("a >= a", true), ("a = a", true), ("a <> a", false),
            })
            {
                cases.Add(name, expression, expected);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void Values_are_in_their_order(string pair, string expression, bool expected)
    {
        var (_, less, more) = Pairs.Single(p => p.Name == pair);

        Assert.Equal(expected, Selects(expression, less, more));
    }

    [Theory]
    [InlineData("a = b", true, true, true)]
    [InlineData("a <> b", true, false, true)]
    [InlineData("a = b", "x", "X", false)]
    [InlineData("a = b", 1, "1", false)] // open: kinds that cannot be compared are unknown
    [InlineData("a <> b", 1, "1", false)] // open
    [InlineData("a = b", true, 1, false)] // open
    [InlineData("a < b", true, false, false)] // open: truth values have no order
    [InlineData("a = 'x'", 'x', 0, true)]
    [InlineData("a + b = 3", 1, 2, true)]
    [InlineData("a + b = 3.5", 1, 2.5, true)]
    [InlineData("a / b = 0", 1, 2, true)]
    [InlineData("a / b = 0.5", 1.0, 2, true)]
    [InlineData("a % b = 1", 7, 3, true)]
    [InlineData("a % b = 0.5", 2.5, 1, true)]
    [InlineData("a - b = -1", (byte)1, (byte)2, true)]
    [InlineData("a * b = 4294967296", 65536, 65536, true)] // whole numbers are computed with 64 bits
    [InlineData("a + b = 'xy'", "x", "y", true)]
    [InlineData("2 + 3 * 4 = a", 14, 0, true)]
    [InlineData("(2 + 3) * 4 = a", 20, 0, true)]
    [InlineData("2 * 3 % 4 = a", 2, 0, true)]
    [InlineData("10 - 3 - 2 = a", 5, 0, true)]
    [InlineData("100 / 10 / 5 = a", 2, 0, true)]
    [InlineData("-a + b = 1", 1, 2, true)]
    [InlineData("- (a - b) = 1", 1, 2, true)]
    public void Operators_bind_and_promote_as_in_csharp(string expression, object a, object b, bool expected) =>
        Assert.Equal(expected, Selects(expression, a, b));

    private static bool Selects(string expression, object a, object b) => SqlFilter.Parse(expression).Selects(new BrokerMessage
    {
        Properties = new Dictionary<string, object>(StringComparer.Ordinal) { ["a"] = a, ["b"] = b },
    });
}
