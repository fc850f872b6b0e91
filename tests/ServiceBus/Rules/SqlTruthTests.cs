namespace EventFunctions.Local.ServiceBus.Tests.Rules;

/// <summary>Three-valued logic (Microsoft Learn, "Subscription rule SQL filter syntax", "Property evaluation semantics" with its tables).</summary>
public sealed class SqlTruthTests
{
    private const string T = "1=1", F = "1=0", U = "missing = 1";

    private static readonly BrokerMessage Message = new()
    {
        Subject = "bus stop",
        To = "Store5",
        Properties = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["color"] = "red",
            ["quantity"] = 10,
            ["nothing"] = null!,
            ["tag"] = "queue",
            ["StoreId"] = "Store8",
        },
    };

    [Theory]
    // AND
    [InlineData(T, "AND", T, true)]
    [InlineData(T, "AND", F, false)]
    [InlineData(T, "AND", U, null)]
    [InlineData(F, "AND", T, false)]
    [InlineData(F, "AND", F, false)]
    [InlineData(F, "AND", U, false)]
    [InlineData(U, "AND", T, null)]
    [InlineData(U, "AND", F, false)]
    [InlineData(U, "AND", U, null)]
    // OR
    [InlineData(T, "OR", T, true)]
    [InlineData(T, "OR", F, true)]
    [InlineData(T, "OR", U, true)]
    [InlineData(F, "OR", T, true)]
    [InlineData(F, "OR", F, false)]
    [InlineData(F, "OR", U, null)]
    [InlineData(U, "OR", T, true)]
    [InlineData(U, "OR", F, null)]
    [InlineData(U, "OR", U, null)]
    public void Conditions_are_combined_as_the_tables_say(string left, string op, string right, bool? expected) =>
        Assert.Equal(expected, TruthOf($"{left} {op} {right}"));

    [Theory]
    [InlineData(T, false)]
    [InlineData(F, true)]
    [InlineData(U, null)]
    [InlineData("NOT (missing = 1)", null)]
    [InlineData("NOT (1=1)", true)]
    public void Not_turns_round_what_is_known(string operand, bool? expected) => Assert.Equal(expected, TruthOf($"NOT ({operand})"));

    [Theory]
    // an unknown operand of a comparison
    [InlineData("missing = 'a'", null)]
    [InlineData("missing <> 'a'", null)]
    [InlineData("missing != 'a'", null)]
    [InlineData("missing < 1", null)]
    [InlineData("missing <= 1", null)]
    [InlineData("missing > 1", null)]
    [InlineData("missing >= 1", null)]
    [InlineData("1 = missing", null)]
    [InlineData("missing = missing", null)]
    [InlineData("nothing = nothing", null)]
    [InlineData("quantity = NULL", null)]
    [InlineData("sys.ReplyTo = 'a'", null)]
    // of an arithmetic operator, binary and unary
    [InlineData("missing + 1 = 1", null)]
    [InlineData("1 - missing = 1", null)]
    [InlineData("missing * 0 = 0", null)]
    [InlineData("1 / missing = 1", null)]
    [InlineData("missing % 2 = 0", null)]
    [InlineData("-missing = 1", null)]
    [InlineData("+missing = 1", null)]
    [InlineData("-(missing + 1) = 1", null)]
    // of LIKE
    [InlineData("missing LIKE '%'", null)]
    [InlineData("color LIKE missing", null)]
    [InlineData("missing NOT LIKE '%'", null)]
    [InlineData("color NOT LIKE missing", null)]
    // of IN
    [InlineData("missing IN ('a', 'b')", null)]
    [InlineData("missing NOT IN ('a', 'b')", null)]
    [InlineData("color IN ('red', missing)", true)]
    [InlineData("color IN (missing, 'blue')", null)]
    [InlineData("color NOT IN (missing, 'red')", false)]
    // IS NULL and EXISTS are never unknown
    [InlineData("missing IS NULL", true)]
    [InlineData("nothing IS NULL", true)]
    [InlineData("color IS NULL", false)]
    [InlineData("missing IS NOT NULL", false)]
    [InlineData("nothing IS NOT NULL", false)]
    [InlineData("color IS NOT NULL", true)]
    [InlineData("EXISTS(missing)", false)]
    [InlineData("EXISTS(nothing)", true)]
    [InlineData("NOT EXISTS(missing)", true)]
    [InlineData("EXISTS(sys.ReplyTo)", false)]
    [InlineData("sys.ReplyTo IS NULL", true)]
    public void What_is_unknown_makes_unknown(string expression, bool? expected) => Assert.Equal(expected, TruthOf(expression));

    [Theory]
    // the page's own examples
    [InlineData("sys.Label LIKE '%bus%'", true)]
    [InlineData("sys.Label LIKE '%bus%' OR user.tag IN ('queue', 'topic', 'subscription')", true)]
    [InlineData("sys.Label LIKE '%train%' OR user.tag IN ('queue', 'topic', 'subscription')", true)]
    [InlineData("StoreId IN('Store1', 'Store2', 'Store3')", false)]
    [InlineData("sys.To IN ('Store5','Store6','Store7') OR StoreId = 'Store8'", true)]
    [InlineData("sys.To NOT IN ('Store1','Store2','Store5') OR StoreId NOT IN ('Store1','Store8')", false)]
    // "Topic filters and actions"
    [InlineData("color='blue' AND quantity=10", false)]
    [InlineData("user.color='red'", true)]
    // "Service Bus filter examples" (service-bus-filter-examples)
    [InlineData("StoreId = 'Store8' AND quantity > 5", true)]
    [InlineData("sys.To IS NOT NULL AND NOT EXISTS(discount)", true)]
    public void Examples_of_the_pages_mean_what_they_say(string expression, bool? expected) => Assert.Equal(expected, TruthOf(expression));

    /// <summary>True where it selects, false where its opposite does, and unknown where neither does.</summary>
    private static bool? TruthOf(string expression) =>
        SqlFilter.Parse(expression).Selects(Message) ? true : SqlFilter.Parse($"NOT ({expression})").Selects(Message) ? false : null;
}
