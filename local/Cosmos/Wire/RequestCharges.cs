namespace EventFunctions.Local.Cosmos.Wire;

/// <summary>
/// Request units by a formula that meets the published points ("Request Units in Azure Cosmos DB"): a point read of 1 KB costs 1,
/// of 100 KB 10; a write of 1 KB about 5, of 100 KB about 50; in between they grow evenly. A query costs 2.3 and, on top, 0.03 per
/// item looked at and 0.3 per KB of its answer.
/// </summary>
internal static class RequestCharges
{
    public const double Minimum = 1;

    private const double PerFurtherReadKilobyte = 9.0 / 99;
    private const double PerFurtherWriteKilobyte = 45.0 / 99;

    public static double Read(int bytes) => Round(1 + (Further(bytes) * PerFurtherReadKilobyte));

    public static double Write(int bytes) => Round(5 + (Further(bytes) * PerFurtherWriteKilobyte));

    public static double Query(int itemsRead, int bytesReturned) => Round(2.3 + (0.03 * itemsRead) + (0.3 * bytesReturned / 1024));

    private static double Further(int bytes) => Math.Max(0, (bytes / 1024.0) - 1);

    private static double Round(double charge) => Math.Round(charge, 2);
}
