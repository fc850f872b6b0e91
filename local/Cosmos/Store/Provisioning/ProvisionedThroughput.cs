namespace EventFunctions.Local.Cosmos.Store.Provisioning;

/// <summary>
/// The request units a second that a container, or a database for its containers together, has to spend ("Introduction to provisioned
/// throughput in Azure Cosmos DB").
/// </summary>
internal abstract record ProvisionedThroughput
{
    /// <summary>The most there is without asking the service's support ("Azure Cosmos DB service quotas").</summary>
    public const int Most = 1_000_000;

    /// <summary>What a container has where nothing is said and its database has none to share.</summary>
    public static readonly ProvisionedThroughput Default = new Manual(Manual.Least);

    private ProvisionedThroughput()
    {
    }

    /// <summary>The most that is spent in a second.</summary>
    public abstract int Limit { get; }

    /// <summary>As many as were asked for, at all times.</summary>
    /// <param name="RequestUnits">400 at least, in steps of 100.</param>
    public sealed record Manual(int RequestUnits) : ProvisionedThroughput
    {
        public const int Least = 400, Step = 100;

        public override int Limit => RequestUnits;
    }

    /// <summary>What the load asks for, up to a most; it is given at once.</summary>
    /// <param name="MostRequestUnits">1,000 at least, in steps of 1,000.</param>
    public sealed record Autoscale(int MostRequestUnits) : ProvisionedThroughput
    {
        public const int Least = 1000, Step = 1000;

        public override int Limit => MostRequestUnits;
    }
}
