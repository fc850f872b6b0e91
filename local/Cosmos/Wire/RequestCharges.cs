using EventFunctions.Local.Cosmos.Store.Indexes;

namespace EventFunctions.Local.Cosmos.Wire;

/// <summary>
/// Request units by a formula that meets the published points and grows evenly between them; docs/cosmos-request-units.md has both, and
/// what the service does otherwise.
/// </summary>
internal static class RequestCharges
{
    /// <summary>What is asked for and not there, or refused, costs this.</summary>
    public const double Minimum = 1;

    /// <summary>How many indexed values the price of a write covers.</summary>
    private const int CoveredValues = 5;

    private const double PerFurtherValue = 0.5;
    private const double PerFurtherReadKilobyte = 9.0 / 99;
    private const double PerFurtherWriteKilobyte = 45.0 / 99;
    private const double PerQuery = 2.3;
    private const double PerItemRead = 0.03;
    private const double PerKilobyteRead = 0.0057;
    private const double PerKilobyteReturned = 0.03;

    /// <summary>A point read of an item of so many bytes.</summary>
    public static double Read(int bytes) => Round(1 + (Further(bytes) * PerFurtherReadKilobyte));

    /// <summary>A write or a delete of an item, with the system properties as it is kept.</summary>
    public static double Write(ReadOnlySpan<byte> item, IndexingPolicy policy) =>
        Write(item.Length, IndexedValues.Count(item, policy));

    /// <summary>A write of an item of so many bytes with so many indexed values.</summary>
    public static double Write(int bytes, int indexedValues) =>
        Round(5 + (Further(bytes) * PerFurtherWriteKilobyte) + (Math.Max(0, indexedValues - CoveredValues) * PerFurtherValue));

    /// <summary>A page of a query or of a feed: by what was looked at for it, and what it gives.</summary>
    public static double Query(int itemsRead, long bytesRead, int bytesReturned) =>
        Round(PerQuery + (PerItemRead * itemsRead) + (PerKilobyteRead * bytesRead / 1024) + (PerKilobyteReturned * bytesReturned / 1024));

    private static double Further(int bytes) => Math.Max(0, (bytes / 1024.0) - 1);

    private static double Round(double charge) => Math.Round(charge, 2);
}
