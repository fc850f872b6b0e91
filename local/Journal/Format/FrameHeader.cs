using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace EventFunctions.Local.Journal.Format;

/// <summary>
/// The 24 bytes before the records that were written together, little-endian: magic (4), length of the records (4), sequence (8),
/// CRC-32C of the records (4), CRC-32C of the 20 bytes before (4).
/// </summary>
/// <remarks>
/// A frame is written only when the one before it is on the disk. So a crash can spoil no frame but the last, and a spoilt frame with
/// a sound one after it was spoilt later. A checksum for each record could not tell the two apart.
/// </remarks>
/// <param name="IsEnd">Whether it ends a snapshot, and has no records.</param>
/// <param name="Length">Of the records, in bytes.</param>
/// <param name="Sequence">Rises by one from frame to frame, across the segments.</param>
/// <param name="Checksum">Of the records.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FrameHeader(bool IsEnd, int Length, long Sequence, uint Checksum)
{
    /// <summary>In bytes.</summary>
    public const int Size = 24;

    private const uint EndMagic = 0xE4D0_F1EB;
    private const int LengthAt = 4, SequenceAt = 8, ChecksumAt = 16, HeaderChecksumAt = 20;

    /// <summary>What a frame of records begins with: bytes that no text in UTF-8 has.</summary>
    public static ReadOnlySpan<byte> Magic => [0xEB, 0xF1, 0xC0, 0xFF];

    /// <summary>The header of some records.</summary>
    public static FrameHeader Of(ReadOnlySpan<byte> records, long sequence) => new(IsEnd: false, records.Length, sequence, Crc32C.Of(records));

    /// <summary>The header of a snapshot's end.</summary>
    public static FrameHeader End(long sequence) => new(IsEnd: true, Length: 0, sequence, Crc32C.Of([]));

    /// <summary>Writes it to the beginning of a buffer.</summary>
    public void Write(Span<byte> buffer)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(buffer, IsEnd ? EndMagic : BinaryPrimitives.ReadUInt32LittleEndian(Magic));
        BinaryPrimitives.WriteInt32LittleEndian(buffer[LengthAt..], Length);
        BinaryPrimitives.WriteInt64LittleEndian(buffer[SequenceAt..], Sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(buffer[ChecksumAt..], Checksum);
        BinaryPrimitives.WriteUInt32LittleEndian(buffer[HeaderChecksumAt..], Crc32C.Of(buffer[..HeaderChecksumAt]));
    }

    /// <summary>Reads it, if it is one.</summary>
    public static FrameHeader? TryRead(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length < Size || BinaryPrimitives.ReadUInt32LittleEndian(buffer[HeaderChecksumAt..]) != Crc32C.Of(buffer[..HeaderChecksumAt]))
        {
            return null;
        }

        var isEnd = BinaryPrimitives.ReadUInt32LittleEndian(buffer) == EndMagic;
        var header = new FrameHeader(
            isEnd,
            BinaryPrimitives.ReadInt32LittleEndian(buffer[LengthAt..]),
            BinaryPrimitives.ReadInt64LittleEndian(buffer[SequenceAt..]),
            BinaryPrimitives.ReadUInt32LittleEndian(buffer[ChecksumAt..]));
        return header.Length >= 0 && (isEnd || buffer.StartsWith(Magic)) ? header : null;
    }
}
