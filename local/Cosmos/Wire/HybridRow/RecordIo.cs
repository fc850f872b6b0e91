namespace EventFunctions.Local.Cosmos.Wire.HybridRow;

/// <summary>A sequence of records in one stream: a segment header, then for each record a header with length and checksum, and a row.</summary>
internal static class RecordIo
{
    /// <exception cref="RowFormatException">The stream is malformed, or a checksum is wrong.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Read(ReadOnlyMemory<byte> stream)
    {
        var records = new List<ReadOnlyMemory<byte>>();
        var position = ReadSegment(stream.Span);
        while (position < stream.Length)
        {
            var reader = new RowReader(stream.Span[position..]);
            reader.ReadHeader(RowFormat.RecordSchema);
            var length = reader.ReadInt32();
            var checksum = reader.ReadUInt32();
            var body = reader.Take(length);
            if (Crc32.Of(body) != checksum)
            {
                throw new RowFormatException($"The checksum of record {records.Count} is wrong.");
            }

            position += 13;
            records.Add(stream.Slice(position, length));
            position += length;
        }

        return records;
    }

    public static ReadOnlyMemory<byte> Write(IEnumerable<ReadOnlyMemory<byte>> records)
    {
        var writer = new RowWriter();
        writer.WriteHeader(RowFormat.SegmentSchema);
        writer.WriteByte(1);
        writer.WriteInt32(RowFormat.SegmentLength);
        foreach (var record in records)
        {
            writer.WriteHeader(RowFormat.RecordSchema);
            writer.WriteInt32(record.Length);
            writer.WriteUInt32(Crc32.Of(record.Span));
            writer.Write(record.Span);
        }

        return writer.Written;
    }

    private static int ReadSegment(ReadOnlySpan<byte> stream)
    {
        var reader = new RowReader(stream);
        reader.ReadHeader(RowFormat.SegmentSchema);
        var presence = reader.ReadByte();
        var length = (presence & 1) == 0 ? RowFormat.SegmentLength - 4 : reader.ReadInt32();
        return length >= 6 && length <= stream.Length ? length : throw new RowFormatException($"A segment header can't be {length} bytes long.");
    }
}
