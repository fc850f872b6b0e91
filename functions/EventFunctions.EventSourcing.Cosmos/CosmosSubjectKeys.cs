using System.Security.Cryptography;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>The keys of people in the container <c>keys</c>, each wrapped by the master key.</summary>
/// <remarks>
/// A key that is there costs one point read and one unwrapping, a new one a second request. Of several that make a key at once the
/// first to create the item wins, and the others take its key. An erased person's item is a tombstone for ever. Safe for concurrent use.
/// </remarks>
/// <param name="keys">The container; its partition key is <c>/id</c>.</param>
/// <param name="masterKey">Wraps the keys.</param>
/// <param name="timeProvider">Tells when a key was made and deleted.</param>
public sealed class CosmosSubjectKeys(Container keys, IMasterKey masterKey, TimeProvider timeProvider) : ISubjectKeys
{
    private const int MaxAttempts = 5;
    private readonly SubjectKeyItems _items = new(keys);

    /// <inheritdoc/>
    public async Task<SubjectKey> GetOrCreateAsync(DataSubjectId subject, CancellationToken cancellationToken = default)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            if (await FindAsync(subject, cancellationToken) is var found and not SubjectKey.Absent)
            {
                return found;
            }
            var key = RandomNumberGenerator.GetBytes(SubjectKey.Length);
            var wrapped = await masterKey.WrapAsync(key, cancellationToken);
            if (await _items.TryWriteAsync(SubjectKeyDocument.Of(subject, wrapped, timeProvider.GetUtcNow()), etag: null, cancellationToken))
            {
                return new SubjectKey.Held(key);
            }
            // Another's key it is then; nothing was sealed with this one.
            CryptographicOperations.ZeroMemory(key);
        }
        throw Contended(subject);
    }

    /// <inheritdoc/>
    public async Task<SubjectKey> FindAsync(DataSubjectId subject, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return await _items.FindAsync(subject, cancellationToken) switch
        {
            null => new SubjectKey.Absent(),
            { Document: { State: SubjectKeyDocument.Erased } erased } => new SubjectKey.Erased(erased.ErasedAt ?? erased.Created),
            { Document: var held } => new SubjectKey.Held(await masterKey.UnwrapAsync(held.ToWrapped(), cancellationToken)),
        };
    }

    /// <inheritdoc/>
    public async Task<DateTimeOffset> DeleteAsync(DataSubjectId subject, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subject);
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var found = await _items.FindAsync(subject, cancellationToken);
            if (found is { Document: { State: SubjectKeyDocument.Erased } erased })
            {
                return erased.ErasedAt ?? erased.Created;
            }
            var tombstone = SubjectKeyDocument.Tombstone(subject, found?.Document, timeProvider.GetUtcNow());
            if (await _items.TryWriteAsync(tombstone, found?.ETag, cancellationToken))
            {
                return tombstone.ErasedAt!.Value;
            }
        }
        throw Contended(subject);
    }

    private static StoreUnavailableException Contended(DataSubjectId subject) =>
        new($"The key of '{subject}' was changed by others in each of {MaxAttempts} attempts.");
}
