namespace EventFunctions.Local.ServiceBus.Tests.Rules;

/// <summary>Whatever text comes in: it is read or refused, in bounded time and depth, and what is read can be evaluated.</summary>
public sealed class SqlFuzzTests
{
    private const int UsualTexts = 20_000;

    private static readonly string[] Words =
    [
        "AND", "OR", "NOT", "IN", "LIKE", "ESCAPE", "IS", "NULL", "EXISTS", "TRUE", "FALSE", "SET", "REMOVE", "sys", "user", ".", "(", ")", ",", ";", "=", "<>", "!=", "<",
        "<=", ">", ">=", "+", "-", "*", "/", "%", "'a%'", "'!'", "''", "1", "0", "9223372036854775807", "9223372036854775808", "1.5", "1e308", ".5", "a", "b", "Label", "TimeToLive",
        "newid", "p", "property", "@p", "[a b]", "\"q\"", "ключ", "'", "[", "\"", "@", "#", "\0", "\ud800", " ", "\t\n",
    ];

    private static readonly BrokerMessage Message = new()
    {
        Subject = "s",
        Properties = new Dictionary<string, object>(StringComparer.Ordinal) { ["a"] = 1, ["b"] = "text", ["p"] = TimeSpan.Zero },
    };

    [Fact]
    public void Any_text_is_read_or_refused()
    {
        var texts = int.TryParse(Environment.GetEnvironmentVariable("SQL_FUZZ_TEXTS"), out var asked) ? asked : UsualTexts;
        var random = new Random(texts);
        var (read, refused) = (0, 0);
        for (var i = 0; i < texts; i++)
        {
            var text = string.Join(random.Next(3) == 0 ? "" : " ", Enumerable.Range(0, random.Next(1, 40)).Select(_ => Words[random.Next(Words.Length)]));
            Try(() => SqlFilter.Parse(text, Parameters).Selects(Message), ref read, ref refused);
            Try(() => SqlAction.Parse(text, Parameters).Run(Message), ref read, ref refused);
            var condition = Condition(random, 5);
            Try(() => SqlFilter.Parse(condition, Parameters).Selects(Message), ref read, ref refused);
        }

        Assert.True(read > 0 && refused > 0, $"{read} read, {refused} refused");
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("NOT ", "")]
    [InlineData("-", "")]
    [InlineData("p(", ")")]
    public void However_deep_it_is_nested_the_stack_holds(string open, string close)
    {
        var (read, refused) = (0, 0);
        for (var depth = 1; depth < SqlFilter.MaxLength; depth *= 2)
        {
            var text = $"{string.Concat(Enumerable.Repeat(open, depth))}a{string.Concat(Enumerable.Repeat(close, depth))} = 1";
            Try(() => SqlFilter.Parse(text).Selects(Message), ref read, ref refused);
        }

        Assert.True(read > 0 && refused > 0);
    }

    [Fact]
    public void A_pattern_of_many_wildcards_is_matched_in_bounded_time()
    {
        var pattern = string.Concat(Enumerable.Repeat("%a", 400));

        Assert.False(SqlPattern.Matches(new string('a', 60_000) + "b", pattern, escape: null));
    }

    private static Dictionary<string, object> Parameters { get; } = new(StringComparer.Ordinal) { ["@p"] = 1 };

    /// <summary>A condition that is of the language, and may or may not make sense for the message.</summary>
    private static string Condition(Random random, int depth) => (depth == 0 ? random.Next(3) : random.Next(6)) switch
    {
        0 => $"{Operand(random, depth)} {Words[random.Next(15, 20)]} {Operand(random, depth)}".Replace(";", "=", StringComparison.Ordinal),
        1 => $"{Operand(random, depth)} IS NOT NULL",
        2 => $"{Operand(random, depth)} NOT IN ({Operand(random, depth)}, 'a')",
        3 => $"NOT {Condition(random, depth - 1)}",
        4 => $"({Condition(random, depth - 1)}) AND {Condition(random, depth - 1)}",
        _ => $"{Condition(random, depth - 1)} OR ({Condition(random, depth - 1)})",
    };

    private static string Operand(Random random, int depth) => (depth == 0 ? random.Next(4) : random.Next(6)) switch
    {
        0 => "a",
        1 => "'x'",
        2 => "sys.Label",
        3 => "1.5",
        4 => $"({Operand(random, depth - 1)} + {Operand(random, depth - 1)})",
        _ => $"-{Operand(random, depth - 1)}",
    };

    private static void Try(Func<object> work, ref int read, ref int refused)
    {
        try
        {
            work();
            read++;
        }
        catch (SqlFilterSyntaxException)
        {
            refused++;
        }
        catch (FilterException)
        {
            read++; // of the language, and without sense for the message
        }
    }
}
