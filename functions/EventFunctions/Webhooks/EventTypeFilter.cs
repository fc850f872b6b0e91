namespace EventFunctions.Webhooks;

/// <summary>
/// What a webhook wants: types of contracts such as <c>shop.order.placed.v1</c>, or all that begin alike, written with a star at
/// the end: <c>shop.order.*</c>.
/// </summary>
public static class EventTypeFilter
{
    private const string Rest = ".*";

    /// <summary>Whether a filter lets a type through; an empty one lets everything through.</summary>
    public static bool Lets(IReadOnlyList<string> filter, string eventType)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return filter.Count == 0 || filter.Any(f => Fits(f, eventType));
    }

    /// <summary>Whether one entry of a filter means a type.</summary>
    public static bool Fits(string entry, string eventType)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(eventType);
        return entry.EndsWith(Rest, StringComparison.Ordinal)
            ? eventType.StartsWith(entry[..^1], StringComparison.Ordinal)
            : entry == eventType;
    }
}
