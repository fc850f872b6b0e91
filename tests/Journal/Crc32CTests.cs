using EventFunctions.Local.Journal.Format;

namespace EventFunctions.Local.Journal.Tests;

public sealed class Crc32CTests
{
    /// <summary>RFC 3720, appendix B.4, and the check value that catalogues of checksums give for it.</summary>
    [Fact]
    public void The_published_examples_come_out()
    {
        Assert.Equal(0xE306_9283u, Crc32C.Of("123456789"u8));
        Assert.Equal(0x8A91_36AAu, Crc32C.Of(new byte[32]));
        Assert.Equal(0x62A8_AB43u, Crc32C.Of([.. Enumerable.Repeat((byte)0xFF, 32)]));
        Assert.Equal(0x46DD_794Eu, Crc32C.Of([.. Enumerable.Range(0, 32).Select(i => (byte)i)]));
        Assert.Equal(0x113F_DB5Cu, Crc32C.Of([.. Enumerable.Range(0, 32).Select(i => (byte)(31 - i))]));
    }

    [Fact]
    public void Nothing_and_a_byte_have_one_too()
    {
        Assert.Equal(0u, Crc32C.Of([]));
        Assert.Equal(0xC1D0_4330u, Crc32C.Of("a"u8));
    }
}
