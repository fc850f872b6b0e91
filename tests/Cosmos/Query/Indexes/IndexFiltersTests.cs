using System.Text.Json;
using EventFunctions.Local.Cosmos.Query;
using EventFunctions.Local.Cosmos.Store.Indexes;

namespace EventFunctions.Local.Cosmos.Tests.Query.Indexes;

/// <summary>What a WHERE clause says of indexed paths, by which items are looked up.</summary>
public sealed class IndexFiltersTests
{
    private const string Policy = """{"indexingMode":"consistent","includedPaths":[{"path":"/*"}],"excludedPaths":[{"path":"/secret/*"}]}""";

    [Theory]
    [InlineData("c.n = 4", "/n: 4")]
    [InlineData("4 = c[\"n\"]", "/n: 4")]
    [InlineData("c.n >= 3 AND c.n < 7", "/n: 3..7")]
    [InlineData("c.kind = 'event' AND 3 < c.n AND (7 >= c.n AND c.n <= 9)", "/kind: 'event'; /n: 3..7")]
    [InlineData("c.n BETWEEN 3 AND 7 AND c.n > 5", "/n: 5..7")]
    [InlineData("c.n >= 3", "/n: 3..∞")]
    [InlineData("c.n BETWEEN -3 AND -1", "/n: -3..-1")]
    [InlineData("c.s <= 'b'", "/s: ''..'b'")]
    [InlineData("c.s > @text", "/s: 'text'..'￿…'")]
    [InlineData("c.b = true AND c.z = null", "/b: true; /z: null")]
    [InlineData("c.b >= false", "/b: false..true")]
    [InlineData("c.deep.n = 1", "/deep/n: 1")]
    [InlineData("c.n IN (5, 1, 5, 'x')", "/n: 1, 5, 'x'")]
    [InlineData("c.n = 1 OR c.n BETWEEN 0 AND 2 OR c.n = 9", "/n: 0..2, 9")]
    [InlineData("(c.id = '1' AND c.pk = 'a') OR (c.id = '2' AND c.pk = 'b')", "/id: '1', '2'; /pk: 'a', 'b'")]
    [InlineData("(c.n = 1 OR c.n = 5) AND c.n > 2", "/n: 5")]
    [InlineData("c.n = 1 AND c.n = 2", "/n: ")]
    [InlineData("c.n = 1 AND c.m + 1 = 2 AND NOT c.o = 3", "/n: 1")]
    [InlineData("STARTSWITH(c.s, 'ab')", "/s: 'ab'..'ab￿…'")]
    [InlineData("STARTSWITH(c.s, 'ab', false)", "/s: 'ab'..'ab￿…'")]
    [InlineData("STRINGEQUALS(c.s, 'ab')", "/s: 'ab'")]
    [InlineData("ARRAY_CONTAINS(['x', 2], c.s)", "/s: 2, 'x'")]
    [InlineData("ARRAY_CONTAINS(@list, c.s)", "/s: 1, 2")]
    public void Conditions_that_all_must_hold_are_found(string where, string expected) => Assert.Equal(expected, Describe($"SELECT * FROM c WHERE {where}"));

    [Theory]
    [InlineData("c.n >= 3 OR c.m < 7")]
    [InlineData("NOT (c.n = 3)")]
    [InlineData("c.n != 3")]
    [InlineData("c.n = c.m")]
    [InlineData("c.n + 1 >= 3")]
    [InlineData("c.n = [1]")]
    [InlineData("c.n = {}")]
    [InlineData("c.n = undefined")]
    [InlineData("c.z > null")]
    [InlineData("c.n IN (1, c.m)")]
    [InlineData("c.n BETWEEN 1 AND 'x'")]
    [InlineData("c.list[0] = 1")]
    [InlineData("c[\"secret\"].n = 1")]
    [InlineData("STARTSWITH(c.s, 'ab', true)")]
    [InlineData("STARTSWITH('ab', c.s)")]
    [InlineData("ARRAY_CONTAINS(c.list, 1)")]
    [InlineData("EXISTS(SELECT VALUE t FROM t IN c.tags WHERE t.n = 3)")]
    [InlineData("(c.n = 1) ?? true")]
    public void Elsewhere_none_is_found(string where) => Assert.Contains(Describe($"SELECT * FROM c WHERE {where}"), new[] { string.Empty, "/n: " });

    [Theory]
    [InlineData("SELECT * FROM c", "")]
    [InlineData("SELECT VALUE x FROM x IN c.items WHERE x.n = 3", "")]
    [InlineData("SELECT VALUE x FROM c JOIN x IN c.items WHERE x.n = 3", "")]
    [InlineData("SELECT VALUE x FROM c JOIN x IN c.items WHERE x.n = 3 AND c.n = 4", "/n: 4")]
    [InlineData("SELECT VALUE x FROM c.deep x WHERE x.n = 3", "/deep/n: 3")]
    [InlineData("SELECT VALUE x FROM c JOIN (SELECT VALUE c.items) AS x WHERE x.n = 3", "")]
    public void Names_stand_for_what_FROM_binds_to_them(string query, string expected) => Assert.Equal(expected, Describe(query));

    private static string Describe(string text)
    {
        var parameters = new Dictionary<string, SqlValue>(StringComparer.Ordinal) { ["@text"] = SqlValue.Of("text"), ["@list"] = SqlValue.Of([SqlValue.Of(1), SqlValue.Of(2)]) };
        var filters = IndexFilters.Of(SqlParser.Parse(text, parameters), IndexingPolicy.Of(JsonElement.Parse(Policy)));
        return string.Join("; ", filters.Select(f => $"{f.Path}: {string.Join(", ", f.Ranges.Select(Describe))}").Order(StringComparer.Ordinal));
    }

    private static string Describe(IndexRange range) => range.IsPoint ? Describe(range.Low) : $"{Describe(range.Low)}..{Describe(range.High)}";

    private static string Describe(IndexKey key) => key switch
    {
        { Type: IndexKeyType.Null } => "null",
        { Type: IndexKeyType.Boolean, Number: var truth } => truth == 0 ? "false" : "true",
        { Type: IndexKeyType.Number, Number: double.PositiveInfinity } => "∞",
        { Type: IndexKeyType.Number, Number: var number } => $"{number}",
        { Text: { Length: IndexKey.MostCharacters } text } => $"'{text.TrimEnd('￿')}￿…'",
        var other => $"'{other.Text}'",
    };
}
