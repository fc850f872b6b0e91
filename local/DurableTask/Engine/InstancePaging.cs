using System.Globalization;
using Microsoft.DurableTask;

namespace EventFunctions.Local.DurableTask;

/// <summary>Cuts query results into pages. A continuation token names the last instance of a page, so pages stay right while instances come and go.</summary>
internal static class InstancePaging
{
    /// <summary>Oldest first.</summary>
    /// <exception cref="ArgumentException">The token is none of ours.</exception>
    public static Page<InstanceState> ByCreation(IEnumerable<InstanceState> instances, string? token, int pageSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pageSize);
        if (!string.IsNullOrEmpty(token))
        {
            var (createdAt, id) = ReadToken(token);
            instances = instances.Where(s => s.CreatedAt > createdAt || (s.CreatedAt == createdAt && string.CompareOrdinal(s.InstanceId, id) > 0));
        }

        var (page, hasMore) = Cut(instances.OrderBy(s => s.CreatedAt).ThenBy(s => s.InstanceId, StringComparer.Ordinal), pageSize);
        return new Page<InstanceState>(page, hasMore ? $"{page[^1].CreatedAt.UtcTicks}|{page[^1].InstanceId}" : null);
    }

    /// <summary>In the order of the ids.</summary>
    public static Page<string> ById(IEnumerable<InstanceState> instances, string? lastId, int pageSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pageSize);
        var ids = instances.Select(s => s.InstanceId).Where(id => lastId is null || string.CompareOrdinal(id, lastId) > 0);
        var (page, hasMore) = Cut(ids.Order(StringComparer.Ordinal), pageSize);
        return new Page<string>(page, hasMore ? page[^1] : null);
    }

    // Taken right behind the ordering, only the page is put in order and not everything after it.
    private static (List<T> Page, bool HasMore) Cut<T>(IOrderedEnumerable<T> values, int pageSize)
    {
        var page = values.Take(pageSize + 1).ToList();
        var hasMore = page.Count > pageSize;
        if (hasMore)
        {
            page.RemoveAt(pageSize);
        }

        return (page, hasMore);
    }

    private static (DateTimeOffset CreatedAt, string Id) ReadToken(string token)
    {
        var bar = token.IndexOf('|', StringComparison.Ordinal);
        return bar > 0 && long.TryParse(token.AsSpan(0, bar), NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            ? (new DateTimeOffset(ticks, TimeSpan.Zero), token[(bar + 1)..])
            : throw new ArgumentException($"'{token}' is not a continuation token of this hub.", nameof(token));
    }
}
