using System.Text;
using System.Text.Json;
using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>
/// Where a query's page ended: the last row's sort values, item number and place among the rows of that item, so that the next page
/// begins after it whatever is written meanwhile, and how many rows were skipped and given for OFFSET, LIMIT and TOP. For groups the
/// values of GROUP BY are what they sort by.
/// </summary>
internal sealed record QueryPosition(IReadOnlyList<SqlValue> SortValues, long Number, int Index, long Skipped, long Given)
{
    public static readonly QueryPosition Start = new([], 0, 0, 0, 0);

    /// <summary>A sort value may be as deep as an item, and is inside of three levels of the text's own.</summary>
    private static readonly JsonDocumentOptions ReadOptions = new() { MaxDepth = ItemDocument.MaxDepth + 3 };

    /// <summary>Whether nothing was read yet.</summary>
    public bool IsStart => Number == 0 && SortValues.Count == 0;

    /// <summary>The form in the continuation header: base64 of JSON. An undefined sort value is written as an empty array.</summary>
    public string ToText()
    {
        var sort = string.Join(',', SortValues.Select(v => v.IsDefined ? $"[{SqlValueWriter.ToText(v)}]" : "[]"));
        return Convert.ToBase64String(Encoding.UTF8.GetBytes($$"""{"v":[{{sort}}],"n":{{Number}},"i":{{Index}},"s":{{Skipped}},"g":{{Given}}}"""));
    }

    /// <exception cref="FormatException">It is no such text, or another query's.</exception>
    public static QueryPosition Parse(string text, SqlQuery query)
    {
        try
        {
            var json = JsonElement.Parse(Convert.FromBase64String(text), ReadOptions);
            SqlValue[] sort = [.. json.GetProperty("v").EnumerateArray().Select(v => v.GetArrayLength() == 0 ? SqlValue.Undefined : SqlValue.Of(v[0]))];
            return sort.Length == (query.Groups ? query.GroupBy.Count : query.OrderBy.Count)
                ? new QueryPosition(sort, json.GetProperty("n").GetInt64(), json.GetProperty("i").GetInt32(), json.GetProperty("s").GetInt64(), json.GetProperty("g").GetInt64())
                : throw new FormatException("The continuation is another query's.");
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new FormatException($"The continuation '{text}' is not one of this query's.", broken);
        }
    }
}
