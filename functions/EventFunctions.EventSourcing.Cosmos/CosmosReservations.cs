using System.Net;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>Reservations in a Cosmos DB container with partition key <c>/id</c>.</summary>
/// <remarks>
/// A free name costs one create. Every item is a partition of its own, so they spread evenly; a reservation's token is the item's
/// ETag. What an owner has is a query over all partitions. Safe for concurrent use.
/// </remarks>
/// <param name="container">The container; it may hold other items.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class CosmosReservations(Container container, TimeProvider timeProvider) : IReservations, IReservationLookup
{
    /// <summary>How often a reservation is decided anew because the item changed between two requests.</summary>
    private const int MaxAttempts = 5;

    private const string OwnedQuery = "SELECT * FROM c WHERE c.kind = @kind AND c.owner = @owner";

    /// <inheritdoc/>
    public async Task<Reservation> ReserveAsync(ReservationName name, string owner, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            if (await WriteAsync(name, owner, etag: null, cancellationToken) is { } created)
            {
                return created;
            }

            switch (await ReadAsync(name, cancellationToken))
            {
                case null:
                    break; // It was released since the create was refused.
                case { } other when other.Owner != owner:
                    return other;
                case { } own:
                    if (await WriteAsync(name, owner, own.Token, cancellationToken) is { } renewed)
                    {
                        return renewed;
                    }

                    break; // Another took it over, or renewed it, at the same moment.
            }
        }

        throw new StoreUnavailableException($"A reserved name changed under each of {MaxAttempts} attempts to reserve it.");
    }

    /// <inheritdoc/>
    public async Task<bool> TakeOverAsync(Reservation held, string owner, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(held);
        ArgumentException.ThrowIfNullOrEmpty(owner);
        return await WriteAsync(held.Name, owner, held.Token, cancellationToken) is not null;
    }

    /// <inheritdoc/>
    public async Task<bool> ReleaseAsync(Reservation held, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(held);
        using var response = await CosmosFailure.GuardAsync(
            container.DeleteItemStreamAsync(
                held.Name.Value, new PartitionKey(held.Name.Value), new ItemRequestOptions { IfMatchEtag = held.Token }, cancellationToken),
            container,
            cancellationToken);
        if (IsLost(response))
        {
            return false;
        }

        response.ThrowIfFailed(container);
        return true;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Reservation>> OwnedByAsync(string owner, CancellationToken cancellationToken = default)
    {
        var query = new QueryDefinition(OwnedQuery).WithParameter("@kind", ReservationDocument.Reserved).WithParameter("@owner", owner);
        using var feed = container.GetItemQueryStreamIterator(query);
        var names = new List<ReservationName>();
        while (feed.HasMoreResults)
        {
            using var response = await CosmosFailure.GuardAsync(feed.ReadNextAsync(cancellationToken), container, cancellationToken);
            response.ThrowIfFailed(container);
            var page = await CosmosItems.ReadAsync<FeedPage<ReservationDocument>>(response.Content, cancellationToken);
            names.AddRange(page.Documents.Select(d => ReservationName.Parse(d.Id)));
        }

        var owned = new List<Reservation>();
        foreach (var name in names)
        {
            // Read anew for its token; it may have changed hands since the query.
            if (await ReadAsync(name, cancellationToken) is { } held && held.Owner == owner)
            {
                owned.Add(held);
            }
        }

        return owned;
    }

    private static bool IsLost(ResponseMessage response) =>
        response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed
        || CosmosFailure.IsAbsent(response.StatusCode, response.Headers);

    /// <summary>Creates the item, or replaces it under its ETag.</summary>
    /// <returns>The reservation, or <see langword="null"/> if another came first.</returns>
    private async Task<Reservation?> WriteAsync(ReservationName name, string owner, string? etag, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow().ToUniversalTime();
        var partition = new PartitionKey(name.Value);
        var options = new ItemRequestOptions { EnableContentResponseOnWrite = false, IfMatchEtag = etag };
        using var item = CosmosItems.Write(new ReservationDocument(name.Value, ReservationDocument.Reserved, owner, now));
        using var response = await CosmosFailure.GuardAsync(
            etag is null
                ? container.CreateItemStreamAsync(item, partition, options, cancellationToken)
                : container.ReplaceItemStreamAsync(item, name.Value, partition, options, cancellationToken),
            container,
            cancellationToken);
        if (IsLost(response))
        {
            return null;
        }

        response.ThrowIfFailed(container);
        return new Reservation(name, owner, now, response.Headers.ETag);
    }

    private async Task<Reservation?> ReadAsync(ReservationName name, CancellationToken cancellationToken)
    {
        using var response = await CosmosFailure.GuardAsync(
            container.ReadItemStreamAsync(name.Value, new PartitionKey(name.Value), cancellationToken: cancellationToken), container, cancellationToken);
        if (CosmosFailure.IsAbsent(response.StatusCode, response.Headers))
        {
            return null;
        }

        response.ThrowIfFailed(container);
        var document = await CosmosItems.ReadAsync<ReservationDocument>(response.Content, cancellationToken);
        return new Reservation(name, document.Owner, document.Since, response.Headers.ETag);
    }
}
