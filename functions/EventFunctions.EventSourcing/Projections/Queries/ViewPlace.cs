using System.Globalization;
using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>A place in the sorted answer to a query: the value it is sorted by, and the view's id among those that are equal in it.</summary>
/// <param name="Text">The value, where it is a text.</param>
/// <param name="Number">The value, where it is a number.</param>
/// <param name="Id">The view's id.</param>
internal sealed record ViewPlace(string? Text, double Number, string Id)
{
    /// <summary>The place of a view.</summary>
    /// <exception cref="InvalidOperationException">The value is neither a text nor a number.</exception>
    public static ViewPlace Of(JsonElement value, string id) => value.ValueKind switch
    {
        JsonValueKind.String => new ViewPlace(value.GetString(), 0, id),
        JsonValueKind.Number => new ViewPlace(null, value.GetDouble(), id),
        var kind => throw new InvalidOperationException($"The view '{id}' cannot be sorted by a field that is {kind}; sort by a text or number that every view has."),
    };

    /// <summary>The order of two places, the smaller first.</summary>
    public static int Compare(ViewPlace x, ViewPlace y)
    {
        var byText = string.CompareOrdinal(x.Text, y.Text);
        var byNumber = byText != 0 ? byText : x.Number.CompareTo(y.Number);
        return byNumber != 0 ? byNumber : string.CompareOrdinal(x.Id, y.Id);
    }

    /// <summary>The place as text.</summary>
    public string Write() => JsonSerializer.Serialize(new[] { Text, Number.ToString("R", CultureInfo.InvariantCulture), Id });

    /// <summary>The place that a text stands for.</summary>
    /// <exception cref="InvalidContinuationException">It is not one that was written here.</exception>
    public static ViewPlace Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<string?[]>(text) is [var value, { } number, { } id]
                && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed)
                    ? new ViewPlace(value, parsed, id)
                    : throw new InvalidContinuationException();
        }
        catch (JsonException exception)
        {
            throw new InvalidContinuationException(exception);
        }
    }
}
