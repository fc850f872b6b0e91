namespace EventFunctions.Local.Cosmos.Wire.HybridRow;

/// <summary>CRC-32 with the reflected polynomial 0xEDB88320 (ISO 3309, as in zip).</summary>
internal static class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i => EntryOf((uint)i))];

    public static uint Of(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc = Table[(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint EntryOf(uint index)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            index = (index & 1) == 0 ? index >> 1 : (index >> 1) ^ 0xEDB8_8320;
        }

        return index;
    }
}
