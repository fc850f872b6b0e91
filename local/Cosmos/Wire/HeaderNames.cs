namespace EventFunctions.Local.Cosmos.Wire;

/// <summary>The protocol's own header names ("Common Azure Cosmos DB REST request headers" and the gateway's internal ones).</summary>
internal static class HeaderNames
{
    public const string ActivityId = "x-ms-activity-id";
    public const string BatchAtomic = "x-ms-cosmos-batch-atomic";
    public const string Continuation = "x-ms-continuation";
    public const string EnableCrossPartition = "x-ms-documentdb-query-enablecrosspartition";
    public const string EndEpk = "x-ms-end-epk";
    public const string IncrementalFeed = "A-IM";
    public const string IsBatch = "x-ms-cosmos-is-batch-request";
    public const string IsQuery = "x-ms-documentdb-isquery";
    public const string IsQueryPlan = "x-ms-cosmos-is-query-plan-request";
    public const string IsUpsert = "x-ms-documentdb-is-upsert";
    public const string ItemCount = "x-ms-item-count";
    public const string KeyRangeId = "x-ms-documentdb-partitionkeyrangeid";
    public const string Lsn = "lsn";
    public const string MaxItemCount = "x-ms-max-item-count";
    public const string LeastThroughput = "x-ms-cosmos-min-throughput";
    public const string MigrateToAutoscale = "x-ms-cosmos-migrate-offer-to-autopilot";
    public const string MigrateToManual = "x-ms-cosmos-migrate-offer-to-manual-throughput";
    public const string OfferAutoscale = "x-ms-cosmos-offer-autopilot-settings";
    public const string OfferReplacePending = "x-ms-offer-replace-pending";
    public const string OfferThroughput = "x-ms-offer-throughput";
    public const string PartitionKey = "x-ms-documentdb-partitionkey";
    public const string Prefer = "Prefer";
    public const string RequestCharge = "x-ms-request-charge";
    public const string RetryAfter = "x-ms-retry-after-ms";
    public const string SessionToken = "x-ms-session-token";
    public const string StartEpk = "x-ms-start-epk";
    public const string SubStatus = "x-ms-substatus";
    public const string XDate = "x-ms-date";
}
