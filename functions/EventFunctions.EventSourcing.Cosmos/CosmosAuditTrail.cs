using System.Net;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>An audit trail in a Cosmos DB container with partition key <c>/partition</c>.</summary>
/// <remarks>
/// An event costs two creates, three where its user is known: one into the partition of its stream, of its correlation and of its
/// user. So each question is one query inside one partition. A repeated event costs as many refused creates. Safe for concurrent use.
/// </remarks>
/// <param name="audit">The container.</param>
public sealed class CosmosAuditTrail(Container audit) : IAuditTrail
{
    private static readonly ItemRequestOptions NoContent = new() { EnableContentResponseOnWrite = false };

    /// <inheritdoc/>
    public Task RecordAsync(AuditEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return Task.WhenAll(AuditQuery.PartitionsOf(entry).Select(partition => CreateAsync(partition, entry, cancellationToken)));
    }

    /// <inheritdoc/>
    public async Task<AuditPage> ReadAsync(
        AuditQuery query, int pageSize, string? continuation = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, AuditPage.MaxSize);
        var position = ContinuationToken.Read(query.Question, continuation);
        var options = new QueryRequestOptions { PartitionKey = new PartitionKey(query.Partition), MaxItemCount = pageSize };
        using var feed = audit.GetItemQueryStreamIterator(TextOf(query), position, options);
        while (feed.HasMoreResults)
        {
            using var response = await CosmosFailure.GuardAsync(feed.ReadNextAsync(cancellationToken), audit, cancellationToken);
            if (response.StatusCode == HttpStatusCode.BadRequest && position is not null)
            {
                throw new InvalidContinuationException(new InvalidOperationException(response.ErrorMessage));
            }

            response.ThrowIfFailed(audit);
            var page = await CosmosItems.ReadAsync<FeedPage<AuditDocument>>(response.Content, cancellationToken);

            // The store may answer with an empty page before the end.
            if (page.Documents.Count > 0)
            {
                return new AuditPage(
                    [.. page.Documents.Select(d => d.Entry)],
                    response.ContinuationToken is { } next ? ContinuationToken.Write(query.Question, next) : null);
            }
        }

        return new AuditPage([], null);
    }

    /// <inheritdoc/>
    public async Task<int> EraseUserAsync(string user, CancellationToken cancellationToken = default)
    {
        var query = AuditQuery.OfUser(user);
        var erased = 0;

        // What is erased leaves the partition last, so a run that was cut short is taken up where it stopped.
        while (await ReadAsync(query, AuditPage.MaxSize, continuation: null, cancellationToken) is { Entries.Count: > 0 } page)
        {
            foreach (var entry in page.Entries)
            {
                foreach (var partition in AuditQuery.PartitionsOf(entry).Where(p => p != query.Partition))
                {
                    await ReplaceAsync(partition, entry.Erased(), cancellationToken);
                }

                await DeleteAsync(query.Partition, entry, cancellationToken);
                erased++;
            }
        }

        return erased;
    }

    private static QueryDefinition TextOf(AuditQuery query)
    {
        var conditions = new List<string>();
        var parameters = new List<(string Name, string Value)>();
        Add(query.From, "c.time >= @from", "@from");
        Add(query.To, "c.time < @to", "@to");
        var where = conditions.Count > 0 ? $" WHERE {string.Join(" AND ", conditions)}" : string.Empty;
        return parameters.Aggregate(
            new QueryDefinition($"SELECT * FROM c{where} ORDER BY c.time DESC"), (text, p) => text.WithParameter(p.Name, p.Value));

        void Add(DateTimeOffset? time, string condition, string name)
        {
            if (time is { } limit)
            {
                conditions.Add(condition);
                parameters.Add((name, EventTime.TextOf(limit)));
            }
        }
    }

    private async Task CreateAsync(string partition, AuditEntry entry, CancellationToken cancellationToken)
    {
        using var item = CosmosItems.Write(AuditDocument.Of(partition, entry));
        using var response = await CosmosFailure.GuardAsync(
            audit.CreateItemStreamAsync(item, new PartitionKey(partition), NoContent, cancellationToken), audit, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Conflict)
        {
            response.ThrowIfFailed(audit);
        }
    }

    private async Task ReplaceAsync(string partition, AuditEntry entry, CancellationToken cancellationToken)
    {
        using var item = CosmosItems.Write(AuditDocument.Of(partition, entry));
        using var response = await CosmosFailure.GuardAsync(
            audit.UpsertItemStreamAsync(item, new PartitionKey(partition), NoContent, cancellationToken), audit, cancellationToken);
        response.ThrowIfFailed(audit);
    }

    private async Task DeleteAsync(string partition, AuditEntry entry, CancellationToken cancellationToken)
    {
        using var response = await CosmosFailure.GuardAsync(
            audit.DeleteItemStreamAsync(AuditDocument.IdOf(entry), new PartitionKey(partition), cancellationToken: cancellationToken),
            audit,
            cancellationToken);
        if (!CosmosFailure.IsAbsent(response.StatusCode, response.Headers))
        {
            response.ThrowIfFailed(audit);
        }
    }
}
