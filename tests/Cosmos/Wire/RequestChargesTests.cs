using System.Text;
using System.Text.Json;
using EventFunctions.Local.Cosmos.Store.Indexes;
using EventFunctions.Local.Cosmos.Wire;

namespace EventFunctions.Local.Cosmos.Tests.Wire;

/// <summary>The formula of docs/cosmos-request-units.md at the points that are published, and that it grows with what it should.</summary>
public sealed class RequestChargesTests
{
    private const int Kilobyte = 1024;

    [Theory]
    [InlineData(1, 1, 5)]
    [InlineData(100, 10, 50)]
    public void It_meets_the_published_points(int kilobytes, double read, double write)
    {
        Assert.Equal(read, RequestCharges.Read(kilobytes * Kilobyte));
        Assert.Equal(write, RequestCharges.Write(kilobytes * Kilobyte, indexedValues: 5));
    }

    [Fact]
    public void It_is_near_the_published_scan_of_60951_items_of_400_MB() =>
        Assert.InRange(RequestCharges.Query(60_951, 399_998_938, 510), 4059.95 * 0.98, 4059.95 * 1.02);

    [Fact]
    public void A_query_of_one_small_item_costs_little_more_than_its_base() => Assert.InRange(RequestCharges.Query(1, Kilobyte, Kilobyte), 2.3, 2.5);

    [Theory]
    [InlineData("{}", 14)]
    [InlineData("""{"indexingMode":"none"}""", 5)]
    [InlineData("""{"includedPaths":[{"path":"/id/?"}],"excludedPaths":[{"path":"/*"}]}""", 5)]
    [InlineData("""{"includedPaths":[{"path":"/*"}],"excludedPaths":[{"path":"/list/*"}]}""", 9)]
    [InlineData("""{"includedPaths":[{"path":"/*"}],"excludedPaths":[{"path":"/list/[]/deep/?"}]}""", 12.5)]
    [InlineData("""{"includedPaths":[{"path":"/list/[]/n/?"}],"excludedPaths":[{"path":"/*"}]}""", 5)]
    public void A_write_costs_by_the_values_that_are_indexed(string policy, double charge) =>
        Assert.Equal(charge, RequestCharges.Write(Item(), IndexingPolicy.Of(JsonElement.Parse(policy))), precision: 2);

    private static ReadOnlySpan<byte> Item()
    {
        // 23 values, 10 of them in a list, and what the service adds, which does not count.
        var list = string.Join(',', Enumerable.Range(0, 3).Select(i => $$"""{"n":{{i}},"deep":"d","list":null}""").Append("true"));
        return Encoding.UTF8.GetBytes(
            $$"""{"id":"1","a":1,"b":{"c":"x","d":[false]},"list":[{{list}}],"e":{},"f":[],"g":1,"h":2,"i":3,"j":4,"k":5,"l":6,"m":7,"n":8,"o":9,"_rid":"x","_self":"x","_etag":"x","_attachments":"x","_ts":1}""");
    }
}
