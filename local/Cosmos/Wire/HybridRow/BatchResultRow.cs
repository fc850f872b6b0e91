using EventFunctions.Local.Cosmos.Wire.Batches;

namespace EventFunctions.Local.Cosmos.Wire.HybridRow;

/// <summary>The row of one operation's result, as clients read it.</summary>
internal static class BatchResultRow
{
    public static ReadOnlyMemory<byte> Write(BatchOperationResult result)
    {
        var writer = new RowWriter();
        writer.WriteHeader(RowFormat.ResultSchema);
        writer.WriteByte((byte)(3 | (result.ETag is null ? 0 : 1 << 2) | (result.Body.IsEmpty ? 0 : 1 << 3)));
        writer.WriteInt32(result.Status);
        writer.WriteInt32(result.SubStatus);
        if (result.ETag is not null)
        {
            writer.WriteText(result.ETag);
        }

        if (!result.Body.IsEmpty)
        {
            writer.WriteBytes(result.Body.Span);
        }

        if (result.RetryAfterMilliseconds is { } retryAfter)
        {
            writer.WriteField(RowFormat.UInt32, 5);
            writer.WriteUInt32(retryAfter);
        }

        writer.WriteField(RowFormat.Float64, 6);
        writer.WriteDouble(result.Charge);
        return writer.Written;
    }

    /// <exception cref="RowFormatException">The row is malformed.</exception>
    public static BatchOperationResult Read(ReadOnlyMemory<byte> row)
    {
        var reader = new RowReader(row.Span);
        reader.ReadHeader(RowFormat.ResultSchema);
        var present = reader.ReadByte();
        var result = new BatchOperationResult(reader.ReadInt32(), reader.ReadInt32())
        {
            ETag = (present & 4) == 0 ? null : reader.ReadText(),
            Body = (present & 8) == 0 ? default : reader.ReadBytes().ToArray(),
        };
        while (!reader.AtEnd)
        {
            var field = SparseField.Read(ref reader);
            result = field.Token switch
            {
                5 => result with { RetryAfterMilliseconds = (uint?)field.Number },
                6 => result with { Charge = field.Number ?? 0 },
                _ => result,
            };
        }

        return result;
    }
}
