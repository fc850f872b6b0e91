using System.Text.Json;
using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Strings of values and back ("String functions"): a string is read as JSON, and what is of another type than asked for is undefined.</summary>
internal static class StringConversionFunctions
{
    public static readonly IReadOnlyList<SqlFunction> All =
    [
        new("TOSTRING", 1, 1, a => a[0] switch
        {
            { Type: SqlType.Undefined } => SqlValue.Undefined,
            { Type: SqlType.String } => a[0],
            _ => SqlValue.Of(SqlValueWriter.ToText(a[0])),
        }),
        Of("STRINGTOARRAY", SqlType.Array),
        Of("STRINGTOBOOLEAN", SqlType.Boolean),
        Of("STRINGTONULL", SqlType.Null),
        Of("STRINGTONUMBER", SqlType.Number),
        Of("STRINGTOOBJECT", SqlType.Object),
    ];

    private static SqlFunction Of(string name, SqlType type) => new(
        name, 1, 1, a => a[0].Type == SqlType.String && Read(a[0].Text) is var value && value.Type == type ? value : SqlValue.Undefined);

    private static SqlValue Read(string text)
    {
        try
        {
            return SqlValue.Of(JsonElement.Parse(text, ItemDocument.ReadOptions));
        }
        catch (JsonException)
        {
            // No JSON is no value: the functions have no other way to say so.
            return SqlValue.Undefined;
        }
    }
}
