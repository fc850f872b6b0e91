using System.Net;
using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.Local.Cosmos.Tests.Contract;

/// <summary>What the service refuses, and what this endpoint does not know.</summary>
public partial class QueryTests
{
    [Theory]
    [InlineData("SELECT c.pk FROM c GROUP BY c.pk HAVING COUNT(1) > 1", "HAVING")]
    [InlineData("SELECT * FROM c JOIN t IN c.tags", "single input")]
    [InlineData("SELECT * FROM c WHERE NOSUCH(c.name)", "NOSUCH")]
    [InlineData("SELECT * FROM c WHERE c.name LIKE 'a%' ESCAPE 'ab'", "ESCAPE")]
    [InlineData("SELECT * FROM c WHERE ST_DISTANCE(c.a, c.b) < 1", "ST_DISTANCE")]
    [InlineData("SELECT * FROM c WHERE udf.f(c)", "user-defined function")]
    [InlineData("SELECT * FROM c ORDER BY c.bucket, c.number", "composite index")]
    [InlineData("SELECT * FROM c ORDER BY c.secret", "is excluded")]
    [InlineData("SELECT * FROM c WHERE d.x = 1", "'d'")]
    [InlineData("SELECT * FROM c WHERE", "end of the query")]
    [InlineData("SELECT * FROM c WHERE c.x = @missing", "@missing")]
    public async Task What_is_not_supported_is_refused_by_name(string query, string named)
    {
        foreach (var key in new PartitionKey?[] { null, new PartitionKey("p0") })
        {
            var refused = await Assert.ThrowsAsync<CosmosException>(() => ReadAsync<JsonElement>(query, key));
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            if (!NativePlanner || named is "composite index" or "is excluded")
            {
                Assert.Contains(named, refused.Message, StringComparison.Ordinal);
            }
        }
    }
}
