using System.Text.Json;
using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>
/// Where a client that merges several ranges by itself wants a range's ordered rows to begin: beyond the values, or at them with
/// an item's number from which on, or unless they are excluded.
/// </summary>
internal sealed record ResumeFilter(IReadOnlyList<SqlValue> Values, long? Number, bool Exclude)
{
    /// <exception cref="FormatException">It is no such filter.</exception>
    public static ResumeFilter Parse(JsonElement json, int columns)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("value", out var values) || values.ValueKind != JsonValueKind.Array || values.GetArrayLength() != columns)
        {
            throw new FormatException("The resume filter does not have a value for each ORDER BY column.");
        }

        long? number = null;
        if (json.TryGetProperty("rid", out var rid) && rid.ValueKind == JsonValueKind.String)
        {
            number = ResourceId.TryParseItem(rid.GetString()!, out var parsed) ? parsed : throw new FormatException($"The resume filter's rid '{rid}' is not an item's.");
        }

        var exclude = json.TryGetProperty("exclude", out var excluded) && excluded.ValueKind == JsonValueKind.True;
        return new ResumeFilter([.. values.EnumerateArray().Select(ReadValue)], number, exclude);
    }

    public bool Admits(IReadOnlyList<SqlValue> sortValues, long number, IReadOnlyList<bool> descending)
    {
        var order = SqlOrder.Compare(sortValues, Values, descending);
        return order > 0 || (order == 0 && (Number is not { } from ? !Exclude : descending[0] ? number <= from : number >= from));
    }

    private static SqlValue ReadValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array when value.GetArrayLength() == 0 => SqlValue.Undefined,
        JsonValueKind.Array or JsonValueKind.Object => throw new FormatException("Resuming an ORDER BY at an array or an object is not supported."),
        _ => SqlValue.Of(value.Clone()),
    };
}
