using System.Net;
using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>An inbox in a Cosmos DB container with partition key <c>/id</c> and time to live switched on.</summary>
/// <remarks>
/// A message that comes once costs two writes: one create to claim it, one replace to record it as handled. A repeated one costs a
/// refused create and a point read. Every item is a partition of its own, so they spread evenly. A claim's token is the item's
/// ETag. Leases go by the callers' clocks; what is forgotten, by the store's. Safe for concurrent use.
/// </remarks>
/// <param name="inbox">The container.</param>
/// <param name="options">How long it holds and remembers.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class CosmosInbox(Container inbox, InboxOptions options, TimeProvider timeProvider) : IInbox
{
    /// <summary>How often a claim is decided anew because the item changed between two requests.</summary>
    private const int MaxAttempts = 5;

    private static readonly ItemRequestOptions NoContent = new() { EnableContentResponseOnWrite = false };

    /// <inheritdoc/>
    public async Task<InboxClaim> ClaimAsync(InboxKey key, CancellationToken cancellationToken = default)
    {
        var claim = Guid.NewGuid();
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var until = timeProvider.GetUtcNow() + options.Lease;
            if (await WriteAsync(key, InboxDocument.Claimed, claim, until, etag: null, cancellationToken) is { } created)
            {
                return new InboxClaim.Taken(created, until);
            }

            switch (await ReadAsync(key, cancellationToken))
            {
                case null:
                    break; // It was forgotten, or given back, since the create was refused.
                case { Document.State: InboxDocument.Done }:
                    return new InboxClaim.Done();
                case var (own, token) when own.Claim == claim:
                    return new InboxClaim.Taken(token, own.Until);
                case { Document: var claimed } when claimed.Until > timeProvider.GetUtcNow():
                    return new InboxClaim.InHand(claimed.Until);
                case var (_, etag):
                    if (await WriteAsync(key, InboxDocument.Claimed, claim, until, etag, cancellationToken) is { } replaced)
                    {
                        return new InboxClaim.Taken(replaced, until);
                    }

                    break; // Another took it over first.
            }
        }

        throw new StoreUnavailableException($"'{key}' changed under each of {MaxAttempts} attempts to claim it.");
    }

    /// <inheritdoc/>
    public async Task<bool> CompleteAsync(InboxKey key, InboxClaim.Taken claim, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return await WriteAsync(key, InboxDocument.Done, Guid.Empty, timeProvider.GetUtcNow(), claim.Token, cancellationToken) is not null;
    }

    /// <inheritdoc/>
    public async Task<bool> ReleaseAsync(InboxKey key, InboxClaim.Taken claim, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        using var response = await CosmosFailure.GuardAsync(
            inbox.DeleteItemStreamAsync(key.Value, new PartitionKey(key.Value), new ItemRequestOptions { IfMatchEtag = claim.Token }, cancellationToken),
            inbox,
            cancellationToken);
        if (IsLost(response))
        {
            return false;
        }

        response.ThrowIfFailed(inbox);
        return true;
    }

    private static bool IsLost(ResponseMessage response) =>
        response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed
        || CosmosFailure.IsAbsent(response.StatusCode, response.Headers);

    /// <summary>Creates the item, or replaces it under its ETag.</summary>
    /// <returns>The item's new ETag, or <see langword="null"/> if another came first.</returns>
    private async Task<string?> WriteAsync(
        InboxKey key, string state, Guid claim, DateTimeOffset until, string? etag, CancellationToken cancellationToken)
    {
        var partition = new PartitionKey(key.Value);
        using var item = CosmosItems.Write(
            new InboxDocument(key.Value, state, claim, until.ToUniversalTime(), (int)options.TimeToLive.TotalSeconds));
        using var response = await CosmosFailure.GuardAsync(
            etag is null
                ? inbox.CreateItemStreamAsync(item, partition, NoContent, cancellationToken)
                : inbox.ReplaceItemStreamAsync(
                    item, key.Value, partition, new ItemRequestOptions { EnableContentResponseOnWrite = false, IfMatchEtag = etag }, cancellationToken),
            inbox,
            cancellationToken);
        if (IsLost(response))
        {
            return null;
        }

        response.ThrowIfFailed(inbox);
        return response.Headers.ETag;
    }

    private async Task<(InboxDocument Document, string ETag)?> ReadAsync(InboxKey key, CancellationToken cancellationToken)
    {
        using var response = await CosmosFailure.GuardAsync(
            inbox.ReadItemStreamAsync(key.Value, new PartitionKey(key.Value), cancellationToken: cancellationToken), inbox, cancellationToken);
        if (CosmosFailure.IsAbsent(response.StatusCode, response.Headers))
        {
            return null;
        }

        response.ThrowIfFailed(inbox);
        try
        {
            return (await CosmosItems.ReadAsync<InboxDocument>(response.Content, cancellationToken), response.Headers.ETag);
        }
        catch (JsonException exception)
        {
            throw new InvalidOperationException($"The inbox item '{key}' cannot be read; remove it. {exception.Message}", exception);
        }
    }
}
