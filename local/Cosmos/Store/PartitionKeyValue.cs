namespace EventFunctions.Local.Cosmos.Store;

/// <summary>The kinds of value a partition key can have; the numbers are the tags that are hashed with the value.</summary>
internal enum PartitionKeyKind : byte
{
    Undefined = 0,
    Null = 1,
    False = 2,
    True = 3,
    Number = 5,
    String = 8,
}

/// <summary>A partition key's value. Numbers are doubles, as in the service: 7 and 7.0 are one partition.</summary>
internal readonly record struct PartitionKeyValue(PartitionKeyKind Kind, double Number, string? Text)
{
    /// <summary>The longest string key, in UTF-8 bytes (service limits, "Per logical partition").</summary>
    public const int MaxTextBytes = 2048;

    public static readonly PartitionKeyValue Undefined;

    public static readonly PartitionKeyValue Null = new(PartitionKeyKind.Null, 0, null);

    public static PartitionKeyValue Of(bool value) => new(value ? PartitionKeyKind.True : PartitionKeyKind.False, 0, null);

    public static PartitionKeyValue Of(double value) => new(PartitionKeyKind.Number, value, null);

    public static PartitionKeyValue Of(string value) => new(PartitionKeyKind.String, 0, value);
}
