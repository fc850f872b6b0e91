using System.Buffers.Binary;

namespace EventFunctions.Local.Cosmos.Wire.HybridRow;

/// <summary>
/// CRC-32 with the reflected polynomial 0xEDB88320 (ISO 3309, as in zip), eight bytes at a time: a batch is read and answered
/// under one of these per record, and a byte at a time it would cost more than all the rest of reading it.
/// </summary>
internal static class Crc32
{
    private const int Slices = 8;

    /// <summary>For each place in a group of eight bytes, the last one first, what a byte there adds to the checksum.</summary>
    private static readonly uint[] Table = BuildTable();

    public static uint Of(ReadOnlySpan<byte> data)
    {
        var table = Table.AsSpan();
        var crc = uint.MaxValue;
        for (; data.Length >= Slices; data = data[Slices..])
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(data) ^ crc;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
            crc = table[(7 * 256) + (byte)low]
                ^ table[(6 * 256) + (byte)(low >> 8)]
                ^ table[(5 * 256) + (byte)(low >> 16)]
                ^ table[(4 * 256) + (byte)(low >> 24)]
                ^ table[(3 * 256) + (byte)high]
                ^ table[(2 * 256) + (byte)(high >> 8)]
                ^ table[256 + (byte)(high >> 16)]
                ^ table[(byte)(high >> 24)];
        }

        foreach (var value in data)
        {
            crc = Next(table, crc, value);
        }

        return ~crc;
    }

    private static uint Next(ReadOnlySpan<uint> table, uint crc, byte value) => table[(byte)(crc ^ value)] ^ (crc >> 8);

    private static uint[] BuildTable()
    {
        var table = new uint[Slices * 256];
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = i < 256 ? EntryOf((uint)i) : Next(table, table[i - 256], 0);
        }

        return table;
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
