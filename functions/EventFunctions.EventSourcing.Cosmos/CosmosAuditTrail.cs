using System.Net;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>An audit trail in a Cosmos DB container with partition key <c>/partition</c>.</summary>
/// <remarks>
/// An event costs one create, into the partition of its stream; a repeated one costs a refused create. What happened to a stream is
/// then a query inside one partition. What happened in a transaction or by a user is a query across partitions: every event is
/// written and few are ever asked for, so the question pays and not the event. Safe for concurrent use.
/// </remarks>
/// <param name="audit">The container.</param>
public sealed class CosmosAuditTrail(Container audit) : IAuditTrail
{
    private static readonly ItemRequestOptions NoContent = new() { EnableContentResponseOnWrite = false };

    /// <inheritdoc/>
    public Task RecordAsync(AuditEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return CreateAsync(entry, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<AuditPage> ReadAsync(
        AuditQuery query, int pageSize, string? continuation = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, AuditPage.MaxSize);
        var position = ContinuationToken.Read(query.Question, continuation);
        var options = new QueryRequestOptions
        {
            PartitionKey = query.Stream is { } stream ? new PartitionKey(stream) : null,
            MaxItemCount = pageSize,
        };
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
        if (user == ErasedText.Value)
        {
            return erased; // Nobody; and what is written in the place of users would be found again for ever.
        }

        // What is erased is not found again, so a run that was cut short is taken up where it stopped; and a repeated event does
        // not bring it back, because the entry is still there.
        while (await ReadAsync(query, AuditPage.MaxSize, continuation: null, cancellationToken) is { Entries.Count: > 0 } page)
        {
            foreach (var entry in page.Entries)
            {
                await ReplaceAsync(entry.Erased(), cancellationToken);
                erased++;
            }
        }

        return erased;
    }

    private static QueryDefinition TextOf(AuditQuery query)
    {
        var conditions = new List<string>();
        var parameters = new List<(string Name, string Value)>();
        Add(query.CorrelationId, "c.entry.correlationId = @correlation", "@correlation");
        Add(query.User, "c.entry.user = @user", "@user");
        Add(TimeOf(query.From), "c.time >= @from", "@from");
        Add(TimeOf(query.To), "c.time < @to", "@to");
        var where = conditions.Count > 0 ? $" WHERE {string.Join(" AND ", conditions)}" : string.Empty;

        // All have the same user then; only an order that names the user can go by the composite index of user and time.
        var order = query.User is null ? "c.time DESC" : "c.entry.user ASC, c.time DESC";
        return parameters.Aggregate(
            new QueryDefinition($"SELECT * FROM c{where} ORDER BY {order}"), (text, p) => text.WithParameter(p.Name, p.Value));

        void Add(string? value, string condition, string name)
        {
            if (value is not null)
            {
                conditions.Add(condition);
                parameters.Add((name, value));
            }
        }

        static string? TimeOf(DateTimeOffset? time) => time is { } limit ? EventTime.TextOf(limit) : null;
    }

    private async Task CreateAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        using var item = CosmosItems.Write(AuditDocument.Of(entry));
        using var response = await CosmosFailure.GuardAsync(
            audit.CreateItemStreamAsync(item, new PartitionKey(entry.Stream), NoContent, cancellationToken), audit, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Conflict)
        {
            response.ThrowIfFailed(audit);
        }
    }

    private async Task ReplaceAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        using var item = CosmosItems.Write(AuditDocument.Of(entry));
        using var response = await CosmosFailure.GuardAsync(
            audit.UpsertItemStreamAsync(item, new PartitionKey(entry.Stream), NoContent, cancellationToken), audit, cancellationToken);
        response.ThrowIfFailed(audit);
    }
}
