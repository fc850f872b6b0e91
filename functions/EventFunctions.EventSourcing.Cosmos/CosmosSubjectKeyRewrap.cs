using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>Wraps the keys in the container <c>keys</c> anew after a rotation of the master key.</summary>
/// <remarks>What is left to do is what the items themselves say: their version is another one. Safe for concurrent use.</remarks>
/// <param name="keys">The container.</param>
/// <param name="masterKey">Wraps and unwraps.</param>
public sealed class CosmosSubjectKeyRewrap(Container keys, IMasterKey masterKey) : ISubjectKeyRewrap
{
    private const string Left = "FROM c WHERE c.state = @held AND c.masterKeyVersion != @current";
    private readonly SubjectKeyItems _items = new(keys);

    /// <inheritdoc/>
    public async Task<long> CountAsync(CancellationToken cancellationToken = default) =>
        (await AskAsync<long>($"SELECT VALUE COUNT(1) {Left}", -1, int.MaxValue, cancellationToken)).Sum();

    /// <inheritdoc/>
    public async Task<int> RewrapAsync(int maxKeys, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxKeys, 1);
        var left = await AskAsync<JsonElement>($"SELECT * {Left}", maxKeys, maxKeys, cancellationToken);
        var done = 0;

        // Pages of several partitions may bring more than was asked for.
        foreach (var item in left.Take(maxKeys))
        {
            var document = item.Deserialize<SubjectKeyDocument>(EventJson.Options)!;
            done += await RewrapAsync(document, item.GetProperty("_etag").GetString()!, cancellationToken) ? 1 : 0;
        }
        return done;
    }

    private async Task<bool> RewrapAsync(SubjectKeyDocument document, string etag, CancellationToken cancellationToken)
    {
        var key = await masterKey.UnwrapAsync(document.ToWrapped(), cancellationToken);
        try
        {
            var wrapped = await masterKey.WrapAsync(key, cancellationToken);
            return await _items.TryWriteAsync(document with { Wrapped = wrapped.Text, MasterKeyVersion = wrapped.Version }, etag, cancellationToken);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private async Task<List<TItem>> AskAsync<TItem>(string text, int pageSize, int max, CancellationToken cancellationToken)
    {
        var query = new QueryDefinition(text)
            .WithParameter("@held", SubjectKeyDocument.Held)
            .WithParameter("@current", await masterKey.CurrentVersionAsync(cancellationToken));
        using var feed = keys.GetItemQueryStreamIterator(query, requestOptions: new QueryRequestOptions { MaxItemCount = pageSize });
        var found = new List<TItem>();
        while (feed.HasMoreResults && found.Count < max)
        {
            using var response = await CosmosFailure.GuardAsync(feed.ReadNextAsync(cancellationToken), keys, cancellationToken);
            response.ThrowIfFailed(keys);
            found.AddRange((await CosmosItems.ReadAsync<FeedPage<TItem>>(response.Content, cancellationToken)).Documents);
        }
        return found;
    }
}
