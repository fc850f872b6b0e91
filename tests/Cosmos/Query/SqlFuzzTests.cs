using System.Text;
using System.Text.Json;
using EventFunctions.Local.Cosmos.Query;

namespace EventFunctions.Local.Cosmos.Tests.Query;

/// <summary>
/// Whatever text comes, it is read or refused as a syntax error, and what is read can be evaluated: nothing else is thrown and nothing hangs.
/// <c>QUERY_FUZZ_INPUTS</c> asks for more inputs than the usual, <c>QUERY_FUZZ_SEED</c> for others.
/// </summary>
public sealed class SqlFuzzTests
{
    private const int UsualInputs = 50_000;
    private const int UsualSeed = 20260301;

    private static readonly string[] Seeds =
    [
        "SELECT TOP 3 c.id, {'a': c[\"b\"]} AS x FROM c WHERE c.a IN (1, 'two') AND NOT (c.d BETWEEN 1 AND 2.5e3 OR STARTSWITH(c.s, '\\u0041')) ORDER BY c.a DESC",
        "SELECT DISTINCT VALUE t FROM c JOIN t IN c.tags JOIN (SELECT VALUE u FROM u IN t.us) AS s WHERE s LIKE 'a!%_[b-d]%' ESCAPE '!' OFFSET 1 LIMIT 2",
        "SELECT c.owner, COUNT(1) AS k, AVG(c.n) FROM c WHERE EXISTS(SELECT VALUE x FROM x IN c.a WHERE x > @p) GROUP BY c.owner, LOWER(c.s)",
        "SELECT VALUE [c.a & 1 | ~2 ^ 3 << 4 >>> 1, -c.n % +2, c.x ?? c.b ? 'y' : \"n\", ARRAY(SELECT VALUE t FROM t IN c.tags), (SELECT VALUE MAX(q) FROM q IN c.a)]",
        "SELECT VALUE DateTimeAdd('mm', c.n, GetCurrentDateTime()) || REPLICATE(c.s, 3) /* note */ -- end\nFROM x IN c.a WHERE IS_DEFINED(x.y[0]['z'])",
        "SELECT c._rid, [{\"item\": c.a}] AS orderByItems, c AS payload\nFROM c\nWHERE (({documentdb-formattableorderbyquery-filter}) AND IS_DEFINED(c))\nORDER BY c.a",
    ];

    private static readonly string[] Pieces =
    [
        "SELECT ", " FROM ", " WHERE ", "(", ")", "[", "]", "{", "}", ",", ".", ":", "?", "??", "'", "\"", "\\", "@p", " IN ", " JOIN ", "NOT ", " AND ", "(SELECT VALUE ", "EXISTS(", "COUNT(",
        " GROUP BY ", " ORDER BY ", "c", "t", "1", "-", ">>>", "||", "/*", "--", " LIKE ", " ESCAPE ", "\0", "\uD800", "é", "1e999", "undefined", "\n",
    ];

    [Fact]
    public void Any_text_is_read_or_refused()
    {
        var inputs = int.TryParse(Environment.GetEnvironmentVariable("QUERY_FUZZ_INPUTS"), out var asked) ? asked : UsualInputs;
        var seed = int.TryParse(Environment.GetEnvironmentVariable("QUERY_FUZZ_SEED"), out var given) ? given : UsualSeed;
        var (read, refused) = (0, 0);
        for (var i = 0; i < inputs; i++)
        {
            // Each input is of a seed of its own, so that one can be made again by itself.
            var text = Mutate(new Random(unchecked(seed + i)));
            if (TryRun(text, $"input {i} of seed {seed}"))
            {
                read++;
            }
            else
            {
                refused++;
            }
        }

        Assert.Equal(inputs, read + refused);
        Assert.True(read > inputs / 100 && refused > inputs / 4, $"{read} read, {refused} refused");
    }

    private static bool TryRun(string text, string which)
    {
        var parameters = new Dictionary<string, SqlValue>(StringComparer.Ordinal) { ["@p"] = SqlValue.Of(1) };
        try
        {
            var query = SqlParser.Parse(text, parameters);
            var item = SqlValue.Of(JsonElement.Parse("""{"a":[1,"x",{"y":[{"z":1}]}],"n":2,"s":"a%b","tags":["t",{"us":["abc"]}],"owner":"o"}"""));
            foreach (var value in SqlSubqueries.ValuesOf(query, SqlBindings.At(item), new SqlEvaluator(SqlTable.Run())))
            {
                SqlValueWriter.ToJson(value);
            }

            return true;
        }
        catch (SqlSyntaxException)
        {
            return false;
        }
        catch (Exception other)
        {
            throw new InvalidOperationException($"{which}: {JsonSerializer.Serialize(text)}", other);
        }
    }

    private static string Mutate(Random random)
    {
        var text = new StringBuilder(Seeds[random.Next(Seeds.Length)]);
        for (var n = random.Next(1, 5); n > 0; n--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(5))
            {
                case 0:
                    text.Remove(at, Math.Min(random.Next(1, 12), text.Length - at));
                    break;
                case 1:
                    text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 2:
                    text[at] = (char)random.Next(0x80);
                    break;
                case 3:
                    var other = Seeds[random.Next(Seeds.Length)];
                    var from = random.Next(other.Length);
                    text.Insert(at, other.AsSpan(from, Math.Min(random.Next(1, 40), other.Length - from)));
                    break;
                default:
                    text.Insert(at, string.Concat(Enumerable.Repeat(Pieces[random.Next(Pieces.Length)], random.Next(1, 200))));
                    break;
            }

            if (text.Length == 0)
            {
                text.Append(' ');
            }
        }

        return text.ToString();
    }
}
