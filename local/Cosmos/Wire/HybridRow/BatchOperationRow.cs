using EventFunctions.Local.Cosmos.Wire.Batches;

namespace EventFunctions.Local.Cosmos.Wire.HybridRow;

/// <summary>The row of one operation of a batch, as clients send it.</summary>
internal static class BatchOperationRow
{
    private const int DocumentResource = 2;

    /// <param name="row">The row; the operation's bytes are parts of it, so it must not be changed afterwards.</param>
    /// <exception cref="RowFormatException">The row is malformed.</exception>
    public static BatchOperation Read(ReadOnlyMemory<byte> row)
    {
        var reader = new RowReader(row.Span);
        reader.ReadHeader(RowFormat.OperationSchema);
        var present = reader.ReadByte();
        var type = reader.ReadInt32();
        var resource = reader.ReadInt32();
        if (resource != DocumentResource)
        {
            throw new RowFormatException($"Resource type {resource} can't be part of a batch.");
        }

        var operation = new BatchOperation(type)
        {
            PartitionKey = Has(present, 2) ? reader.ReadText() : null,
            EffectivePartitionKey = Has(present, 3) ? ReadBytes(ref reader, row) : default,
            Id = Has(present, 4) ? reader.ReadText() : null,
            BinaryId = Has(present, 5) ? ReadBytes(ref reader, row) : default,
            Body = Has(present, 6) ? ReadBytes(ref reader, row) : default,
        };
        return ReadSparse(ref reader, operation);
    }

    public static ReadOnlyMemory<byte> Write(BatchOperation operation)
    {
        var writer = new RowWriter();
        writer.WriteHeader(RowFormat.OperationSchema);
        writer.WriteByte((byte)(3
            | (operation.PartitionKey is null ? 0 : 1 << 2)
            | (operation.EffectivePartitionKey.IsEmpty ? 0 : 1 << 3)
            | (operation.Id is null ? 0 : 1 << 4)
            | (operation.BinaryId.IsEmpty ? 0 : 1 << 5)
            | (operation.Body.IsEmpty ? 0 : 1 << 6)));
        writer.WriteInt32(operation.Type);
        writer.WriteInt32(DocumentResource);
        WriteText(writer, operation.PartitionKey);
        WriteBytes(writer, operation.EffectivePartitionKey);
        WriteText(writer, operation.Id);
        WriteBytes(writer, operation.BinaryId);
        WriteBytes(writer, operation.Body);
        WriteField(writer, 8, operation.IndexingDirective);
        WriteField(writer, 9, operation.IfMatch);
        WriteField(writer, 10, operation.IfNoneMatch);
        if (operation.TimeToLive is { } timeToLive)
        {
            writer.WriteField(RowFormat.Int32, 11);
            writer.WriteInt32(timeToLive);
        }

        if (operation.Minimal is { } minimal)
        {
            writer.WriteField(minimal ? RowFormat.True : RowFormat.False, 12);
        }

        return writer.Written;
    }

    private static bool Has(byte present, int bit) => (present & (1 << bit)) != 0;

    private static ReadOnlyMemory<byte> ReadBytes(ref RowReader reader, ReadOnlyMemory<byte> row)
    {
        var length = reader.ReadBytes().Length;
        return row.Slice(row.Length - reader.Left - length, length);
    }

    private static BatchOperation ReadSparse(ref RowReader reader, BatchOperation operation)
    {
        while (!reader.AtEnd)
        {
            var field = SparseField.Read(ref reader);
            operation = field.Token switch
            {
                8 => operation with { IndexingDirective = field.Text },
                9 => operation with { IfMatch = field.Text },
                10 => operation with { IfNoneMatch = field.Text },
                11 => operation with { TimeToLive = (int?)field.Number },
                12 => operation with { Minimal = field.Boolean },
                _ => operation,
            };
        }

        return operation;
    }

    private static void WriteText(RowWriter writer, string? value)
    {
        if (value is not null)
        {
            writer.WriteText(value);
        }
    }

    private static void WriteBytes(RowWriter writer, ReadOnlyMemory<byte> value)
    {
        if (!value.IsEmpty)
        {
            writer.WriteBytes(value.Span);
        }
    }

    private static void WriteField(RowWriter writer, int token, string? value)
    {
        if (value is not null)
        {
            writer.WriteField(RowFormat.Utf8, token);
            writer.WriteText(value);
        }
    }
}
