namespace EventFunctions.Local.Cosmos.Wire.HybridRow;

/// <summary>A field after the fixed and variable columns: type, path and value. Fields not known here are read over.</summary>
internal readonly record struct SparseField(int Token, string? Text, double? Number, bool? Boolean)
{
    /// <exception cref="RowFormatException">The type is none that a batch uses.</exception>
    public static SparseField Read(ref RowReader reader)
    {
        var type = reader.ReadByte();
        var token = reader.ReadLength();
        if (token >= RowFormat.FirstInlinePath)
        {
            reader.Take(token - RowFormat.FirstInlinePath);
        }

        switch (type)
        {
            case RowFormat.Null:
                return new SparseField(token, null, null, null);
            case RowFormat.False or RowFormat.True:
                return new SparseField(token, null, null, type == RowFormat.True);
            case RowFormat.Int32:
                return new SparseField(token, null, reader.ReadInt32(), null);
            case RowFormat.UInt32:
                return new SparseField(token, null, reader.ReadUInt32(), null);
            case RowFormat.Float64:
                return new SparseField(token, null, reader.ReadDouble(), null);
            case RowFormat.Utf8:
                return new SparseField(token, reader.ReadText(), null, null);
            case RowFormat.Binary:
                reader.ReadBytes();
                return new SparseField(token, null, null, null);
            default:
                throw new RowFormatException($"A field has the unknown type {type}.");
        }
    }
}
