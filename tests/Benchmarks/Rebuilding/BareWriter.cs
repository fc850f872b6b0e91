using Microsoft.Azure.Cosmos;

namespace EventFunctions.Benchmarks.Rebuilding;

/// <summary>Creates items with the SDK alone: the writes that a rebuild cannot do without.</summary>
/// <param name="container">The container.</param>
internal sealed class BareWriter(Container container)
{
    private const int Writers = 64;

    /// <summary>Creates so many items of the size of a view of stock.</summary>
    /// <returns>How many.</returns>
    public async Task<long> CreateAsync(string kind, int count, CancellationToken cancellationToken)
    {
        var quiet = new ItemRequestOptions { EnableContentResponseOnWrite = false };
        var options = new ParallelOptions { MaxDegreeOfParallelism = Writers, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, count, options, async (i, token) =>
        {
            var json = $$"""
                {"id":"bench-{{i}}","partition":"{{kind}}","kind":"{{kind}}","version":17,"since":"1970-01-01T00:00:01.0000000Z",
                "asOf":"1970-01-01T00:00:17+00:00","view":{"productId":"bench-{{i}}","onHand":984,"reserved":2,"available":982,
                "lowStockThreshold":0,"isLow":false,"version":17}
                }
                """;
            using var body = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json));
            using var response = await container.CreateItemStreamAsync(body, new PartitionKey(kind), quiet, token);
            response.EnsureSuccessStatusCode();
        });
        return count;
    }
}
