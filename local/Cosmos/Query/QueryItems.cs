using System.Runtime.CompilerServices;
using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Reads the items that a query looks at, and keeps count of them.</summary>
internal sealed class QueryItems(ContainerStore container, ItemScope scope)
{
    /// <summary>How many items are taken from the container at once: it is locked meanwhile.</summary>
    public const int ReadAtOnce = 256;

    /// <summary>The same where an index finds them: it is asked again each time.</summary>
    private const int FindAtOnce = 8192;

    /// <summary>How many were looked at.</summary>
    public int Count { get; private set; }

    /// <summary>How many bytes these have.</summary>
    public long Bytes { get; private set; }

    /// <summary>The position the last of them were read at.</summary>
    public SessionPosition Session { get; set; }

    /// <summary>Counts an item that is looked at.</summary>
    public void Look(StoredItem item)
    {
        Count++;
        Bytes += item.Json.Length;
    }

    /// <summary>Reads those beyond a number, in the order of their creation.</summary>
    public async IAsyncEnumerable<StoredItem> ReadAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ItemPage page;
        do
        {
            // Reading need not wait for anything, so the token is looked at here: a query may go over many items.
            cancellationToken.ThrowIfCancellationRequested();
            page = await container.ReadAsync(scope, after, scope.Filters.Count > 0 ? FindAtOnce : ReadAtOnce, long.MaxValue, cancellationToken);
            Session = page.Session;
            foreach (var item in page.Items)
            {
                Look(item);
                after = item.Number;
                yield return item;
            }
        }
        while (!page.IsLast);
    }
}
