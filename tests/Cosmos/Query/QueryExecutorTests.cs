using System.Text;
using System.Text.Json;
using EventFunctions.Local.Cosmos.Query;
using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Tests.Support;

namespace EventFunctions.Local.Cosmos.Tests.Query;

public sealed class QueryExecutorTests
{
    [Theory]
    [InlineData("SELECT * FROM c WHERE c.nothing = 1")]
    [InlineData("SELECT * FROM c ORDER BY c.id")]
    [InlineData("SELECT VALUE COUNT(1) FROM c")]
    public async Task A_query_whose_client_has_gone_goes_on_no_longer(string text)
    {
        var definition = new ContainerDefinition("c", PartitionKeyPath.TryParse("/pk")!, null, new Dictionary<string, JsonElement>(StringComparer.Ordinal));
        var store = new ContainerStore(new ContainerState(new ContainerRid(1, 1), definition, new KeyRangeMap(1), 0), new VolatileLog(), new ManualTimeProvider());
        var key = PartitionKeyValue.Of("a");
        var document = new ItemDocument("1", key, TimeToLive: null, Encoding.UTF8.GetBytes("""{"id":"1","pk":"a"}"""));
        await store.ExecuteAsync(key, new ItemOperation.Create(document), CancellationToken.None);

        var query = SqlParser.Parse(text, new Dictionary<string, SqlValue>(StringComparer.Ordinal));
        var executor = new QueryExecutor(query, store, new ItemScope.Partition(key), SqlTable.Run());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => executor.ReadPageAsync(QueryPosition.Start, resume: null, new QueryPageLimits(10, 1000), new CancellationToken(canceled: true)));
    }
}
