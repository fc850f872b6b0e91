using System.Text.Json;

namespace EventFunctions.Local.Cosmos.Wire.Handlers;

/// <summary>The account document: what a client reads first.</summary>
internal static class AccountHandler
{
    private const string QueryEngine =
        """{"maxSqlQueryInputLength":524288,"maxJoinsPerSqlQuery":10,"maxLogicalAndPerSqlQuery":2000,"maxLogicalOrPerSqlQuery":2000,"maxUdfRefPerSqlQuery":10,"maxInExpressionItemsCount":16000,"queryMaxInMemorySortDocumentCount":500,"maxQueryRequestTimeoutFraction":0.9,"sqlAllowNonFiniteNumbers":false,"sqlAllowAggregateFunctions":true,"sqlAllowSubQuery":true,"sqlAllowScalarSubQuery":true,"allowNewKeywords":true,"sqlAllowLike":true,"sqlAllowGroupByClause":true,"maxSpatialQueryCells":12,"spatialMaxGeometryPointCount":256,"sqlAllowTop":true,"enableSpatialIndexing":false}""";

    public static GatewayResponse Read(GatewayRequest request)
    {
        object[] locations = [new { name = "Local", databaseAccountEndpoint = $"http://{request.Authority}/" }];
        return new GatewayResponse(200)
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(new
            {
                _self = string.Empty,
                id = "local",
                _rid = "local",
                media = "//media/",
                addresses = "//addresses/",
                _dbs = "//dbs/",
                writableLocations = locations,
                readableLocations = locations,
                enableMultipleWriteLocations = false,
                userReplicationPolicy = new { asyncReplication = false, minReplicaSetSize = 1, maxReplicasetSize = 4 },
                userConsistencyPolicy = new { defaultConsistencyLevel = "Session" },
                systemReplicationPolicy = new { minReplicaSetSize = 1, maxReplicasetSize = 4 },
                readPolicy = new { primaryReadCoefficient = 1, secondaryReadCoefficient = 1 },
                queryEngineConfiguration = QueryEngine,
            }),
        };
    }
}
