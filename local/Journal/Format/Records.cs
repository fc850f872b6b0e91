using System.Buffers.Binary;

namespace EventFunctions.Local.Journal.Format;

/// <summary>Records one after another, each as length of the payload (4, little-endian), kind (1) and payload.</summary>
internal static class Records
{
    /// <summary>What a record takes beside its payload, in bytes.</summary>
    public const int Overhead = 5;

    /// <summary>Writes one to the beginning of a buffer.</summary>
    public static void Write(Span<byte> buffer, byte kind, ReadOnlySpan<byte> payload)
    {
        BinaryPrimitives.WriteInt32LittleEndian(buffer, payload.Length);
        buffer[sizeof(int)] = kind;
        payload.CopyTo(buffer[Overhead..]);
    }

    /// <summary>Hands over one after another.</summary>
    /// <param name="records">Records whose checksum was right.</param>
    /// <param name="replay">Gets them.</param>
    /// <returns>How many there were.</returns>
    /// <exception cref="InvalidDataException">They don't end where they should: they were not written by this; or the handler refused one.</exception>
    public static int Read(ReadOnlySpan<byte> records, RecordHandler replay)
    {
        var count = 0;
        for (; records.Length > 0; count++)
        {
            var length = records.Length < Overhead ? -1 : BinaryPrimitives.ReadInt32LittleEndian(records);
            if (length < 0 || length > records.Length - Overhead)
            {
                throw new InvalidDataException($"Record {count} of the frame goes beyond its end.");
            }

            replay(records[sizeof(int)], records.Slice(Overhead, length));
            records = records[(Overhead + length)..];
        }

        return count;
    }
}
