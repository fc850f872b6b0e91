using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Tests.Store;

public sealed class ResourceIdTests
{
    [Theory]
    [InlineData(1u, 1u, 1L)]
    [InlineData(0xFFFF_FFFFu, 0x7FFF_FFFFu, ResourceId.MaxItemNumber)]
    [InlineData(77u, 0xFFFFFu, 0xFF_FFFF_FFFFL)]
    public void What_is_written_is_read(uint database, uint container, long number)
    {
        var rid = new ContainerRid(database, container);
        Assert.True(ResourceId.TryParseContainer(ResourceId.OfContainer(rid), out var readContainer));
        Assert.Equal(rid, readContainer);
        Assert.True(ResourceId.TryParseItem(ResourceId.OfItem(rid, number), out var readNumber));
        Assert.Equal(number, readNumber);
        Assert.DoesNotContain('/', ResourceId.OfItem(rid, number));
    }

    [Fact]
    public void Ids_begin_with_their_parents()
    {
        var rid = new ContainerRid(9, 5);
        var item = Bytes(ResourceId.OfItem(rid, 3));
        Assert.Equal(Bytes(ResourceId.OfContainer(rid)), item[..8]);
        Assert.Equal(Bytes(ResourceId.OfDatabase(9)), item[..4]);
        Assert.NotEqual(0, item[4] & 0x80);
        Assert.Equal(0x50, Bytes(ResourceId.OfRange(rid, 2))[15]);
        Assert.Equal(0, item[15] & 0xF0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("orders")]
    [InlineData("AAAA")]
    [InlineData("AAAAAQAAAAE=")]
    [InlineData("!!!!!!!!!!!=")]
    public void A_name_is_no_container_rid(string text) => Assert.False(ResourceId.TryParseContainer(text, out _));

    [Fact]
    public void A_key_range_is_no_item() => Assert.False(ResourceId.TryParseItem(ResourceId.OfRange(new ContainerRid(1, 1), 1), out _));

    private static byte[] Bytes(string rid) => Convert.FromBase64String(rid.Replace('-', '/'));
}
