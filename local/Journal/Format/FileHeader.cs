using System.Buffers.Binary;

namespace EventFunctions.Local.Journal.Format;

/// <summary>What the files of a journal are.</summary>
internal enum JournalFileKind : byte
{
    /// <summary>A part of the log.</summary>
    Segment = 1,

    /// <summary>The state before a segment.</summary>
    Snapshot = 2,
}

/// <summary>
/// The first 32 bytes of a file, little-endian: magic (8), version (2), kind (1), zero (1), CRC-32C of the other 28 (4), number (8),
/// sequence (8).
/// </summary>
/// <param name="Kind">What the file is.</param>
/// <param name="Number">The segment's number, from 1; of a snapshot, that of the first segment it does not cover.</param>
/// <param name="FirstSequence">The sequence of the first frame of that segment.</param>
internal sealed record FileHeader(JournalFileKind Kind, long Number, long FirstSequence)
{
    /// <summary>In bytes.</summary>
    public const int Size = 32;

    private const ushort Version = 1;
    private const int VersionAt = 8, KindAt = 10, CrcAt = 12, NumberAt = 16, SequenceAt = 24;

    private static ReadOnlySpan<byte> Magic => "EFJRNL\r\n"u8;

    /// <summary>Writes it to the beginning of a buffer.</summary>
    public void Write(Span<byte> buffer)
    {
        buffer = buffer[..Size];
        buffer.Clear();
        Magic.CopyTo(buffer);
        BinaryPrimitives.WriteUInt16LittleEndian(buffer[VersionAt..], Version);
        buffer[KindAt] = (byte)Kind;
        BinaryPrimitives.WriteInt64LittleEndian(buffer[NumberAt..], Number);
        BinaryPrimitives.WriteInt64LittleEndian(buffer[SequenceAt..], FirstSequence);
        BinaryPrimitives.WriteUInt32LittleEndian(buffer[CrcAt..], ChecksumOf(buffer));
    }

    /// <summary>Reads it; says what is wrong with it where it can't.</summary>
    /// <param name="buffer">What there is of it: fewer bytes at the end of a file.</param>
    /// <param name="problem">A clause; <see langword="null"/> if there is nothing wrong.</param>
    public static FileHeader? TryRead(ReadOnlySpan<byte> buffer, out string? problem)
    {
        if (buffer.Length < Size || !buffer.StartsWith(Magic))
        {
            problem = "the file does not begin like one of a journal";
            return null;
        }

        // Before the checksum, which another version may compute over another header.
        if (BinaryPrimitives.ReadUInt16LittleEndian(buffer[VersionAt..]) is var version and not Version)
        {
            problem = $"the file has version {version} of the format, and only version {Version} is known here";
            return null;
        }

        Span<byte> copy = stackalloc byte[Size];
        buffer[..Size].CopyTo(copy);
        if (BinaryPrimitives.ReadUInt32LittleEndian(copy[CrcAt..]) != ChecksumOf(copy))
        {
            problem = "the checksum of the file's header is wrong";
            return null;
        }

        problem = null;
        return new FileHeader(
            (JournalFileKind)copy[KindAt],
            BinaryPrimitives.ReadInt64LittleEndian(copy[NumberAt..]),
            BinaryPrimitives.ReadInt64LittleEndian(copy[SequenceAt..]));
    }

    /// <summary>Whether it is the header of a later version, whole or not. A header that was cut off in its making has no version yet.</summary>
    public static bool IsOfOtherVersion(ReadOnlySpan<byte> buffer) =>
        buffer.Length >= KindAt && buffer.StartsWith(Magic) && BinaryPrimitives.ReadUInt16LittleEndian(buffer[VersionAt..]) > Version;

    private static uint ChecksumOf(Span<byte> header)
    {
        header.Slice(CrcAt, sizeof(uint)).Clear();
        return Crc32C.Of(header);
    }
}
