namespace EventFunctions.Local.Cosmos.Wire.HybridRow;

/// <summary>The numbers of the format: its version, the schemas of a batch and the type codes of sparse fields.</summary>
internal static class RowFormat
{
    public const byte Version = 0x81;

    public const int SegmentSchema = 2147473648;
    public const int RecordSchema = 2147473649;
    public const int OperationSchema = 2145473648;
    public const int ResultSchema = 2145473649;

    /// <summary>Version, schema, presence byte and length.</summary>
    public const int SegmentLength = 10;

    /// <summary>A sparse field whose path token is at least this names its path in the row.</summary>
    public const int FirstInlinePath = 13;

    public const byte Null = 1;
    public const byte False = 2;
    public const byte True = 3;
    public const byte Int32 = 7;
    public const byte UInt32 = 11;
    public const byte Float64 = 16;
    public const byte Utf8 = 20;
    public const byte Binary = 21;
}
