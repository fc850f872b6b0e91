using System.Runtime.InteropServices;
using System.Text.Json;

namespace EventFunctions.Local.Cosmos.Store;

/// <summary>Items by the number that one of their members is; those whose member is none are not in it.</summary>
/// <param name="member">The member's name.</param>
internal sealed class NumberIndex(string member)
{
    private static readonly IComparer<Entry> ByValue = Comparer<Entry>.Create(
        (x, y) => x.Value.CompareTo(y.Value) is var order && order != 0 ? order : x.Number.CompareTo(y.Number));

    private readonly SortedSet<Entry> _entries = new(ByValue);
    private readonly Dictionary<long, double> _values = [];

    public string Member => member;

    /// <summary>Takes in a new item, or one in place of its version before.</summary>
    public void Put(StoredItem item)
    {
        Remove(item);
        if (ValueOf(item) is { } value)
        {
            _entries.Add(new Entry(value, item.Number));
            _values.Add(item.Number, value);
        }
    }

    public void Remove(StoredItem item)
    {
        if (_values.Remove(item.Number, out var value))
        {
            _entries.Remove(new Entry(value, item.Number));
        }
    }

    /// <summary>The numbers of the items in a window, rising; <see langword="null"/> where there are more than so many.</summary>
    public IReadOnlyList<long>? Find(NumberWindow window, int most)
    {
        if (window.Low > window.High)
        {
            return [];
        }

        var found = new List<long>();
        foreach (var entry in _entries.GetViewBetween(new Entry(window.Low, long.MinValue), new Entry(window.High, long.MaxValue)))
        {
            if (found.Count == most)
            {
                return null;
            }

            found.Add(entry.Number);
        }

        found.Sort();
        return found;
    }

    /// <summary>The number as queries see it: one that no double holds counts as the largest.</summary>
    private double? ValueOf(StoredItem item)
    {
        using var json = JsonDocument.Parse(item.Json, ItemDocument.ReadOptions);
        return json.RootElement.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Number
            ? Math.Clamp(value.GetDouble(), double.MinValue, double.MaxValue)
            : null;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(double Value, long Number);
}
