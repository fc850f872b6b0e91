using System.Text;
using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>Counts the newer events in the container of a <see cref="CosmosEventStore"/>: two queries over all partitions.</summary>
/// <remarks>The index on the time bounds them to the events after the moment, of which a projection that keeps up has none.</remarks>
/// <param name="events">The container.</param>
public sealed class CosmosEventBacklog(Container events) : IEventBacklog
{
    /// <inheritdoc/>
    public async Task<EventBacklog> CountAsync(
        IReadOnlySet<string> categories, DateTimeOffset? after, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(categories);
        if (categories.Count == 0)
        {
            return EventBacklog.None;
        }

        var conditions = Conditions(categories, after);
        var count = (await AskAsync($"SELECT VALUE COUNT(1) {conditions}", categories, after, cancellationToken)).Sum(v => v.GetInt64());
        if (count == 0)
        {
            return EventBacklog.None;
        }

        // Where no event is left by now the aggregate is undefined, which the SDK leaves out or answers as an empty object.
        var oldest = (await AskAsync($"SELECT VALUE MIN(c.time) {conditions}", categories, after, cancellationToken))
            .Where(v => v.ValueKind == JsonValueKind.String)
            .Select(v => v.GetDateTimeOffset())
            .ToList();
        return new EventBacklog(count, oldest.Count == 0 ? null : oldest.Min());
    }

    /// <summary>
    /// The category stands before the first hyphen, behind the tenant where there is one. Times are stored as UTC with as many
    /// decimals as they need; the sign that follows sorts before digits and the point, so text compares as the time does.
    /// </summary>
    private static string Conditions(IReadOnlySet<string> categories, DateTimeOffset? after)
    {
        var text = new StringBuilder("FROM c WHERE c.kind = @kind");
        if (after is not null)
        {
            text.Append(" AND c.time > @after");
        }

        text.Append(" AND (");
        for (var i = 0; i < categories.Count; i++)
        {
            text.Append(i == 0 ? string.Empty : " OR ")
                .Append($"STARTSWITH(c.stream, @category{i}) OR (CONTAINS(c.stream, @ofTenant{i})")
                .Append($" AND INDEX_OF(c.stream, @ofTenant{i}) = INDEX_OF(c.stream, '-') - @length{i})");
        }

        return text.Append(')').ToString();
    }

    private async Task<IReadOnlyList<JsonElement>> AskAsync(
        string text, IReadOnlySet<string> categories, DateTimeOffset? after, CancellationToken cancellationToken)
    {
        var query = new QueryDefinition(text).WithParameter("@kind", EventDocument.EventKind);
        if (after is { } moment)
        {
            query = query.WithParameter("@after", JsonSerializer.SerializeToElement(moment.ToUniversalTime(), EventJson.Options).GetString());
        }

        foreach (var (i, category) in categories.Index())
        {
            query = query
                .WithParameter($"@category{i}", $"{category}-")
                .WithParameter($"@ofTenant{i}", $".{category}-")
                .WithParameter($"@length{i}", category.Length + 1);
        }

        using var feed = events.GetItemQueryStreamIterator(query);
        var values = new List<JsonElement>();
        while (feed.HasMoreResults)
        {
            using var response = await CosmosFailure.GuardAsync(feed.ReadNextAsync(cancellationToken), events, cancellationToken);
            response.ThrowIfFailed(events);
            values.AddRange((await CosmosItems.ReadAsync<FeedPage<JsonElement>>(response.Content, cancellationToken)).Documents);
        }

        return values;
    }
}
