using EventFunctions.Local.Journal.Payloads;

namespace EventFunctions.Local.ServiceBus.Durability;

/// <summary>Application properties in a record: name, type, value. The numbers of the types are stored, and keep their meaning.</summary>
internal static class PropertyCodec
{
    private const byte Null = 0, Text = 1, True = 2, False = 3, Byte = 4, SByte = 5, Int16 = 6, UInt16 = 7, Int32 = 8, UInt32 = 9, Int64 = 10,
        UInt64 = 11, Single = 12, Double = 13, Decimal = 14, Char = 15, Guid = 16, Time = 17, OffsetTime = 18, Span = 19, Uri = 20, Bytes = 21;

    /// <summary>Whether a value is of a type that a message can have.</summary>
    public static bool CanWrite(object? value) => value is null or string or bool or byte or sbyte or short or ushort or int or uint or long
        or ulong or float or double or decimal or char or System.Guid or DateTime or DateTimeOffset or TimeSpan or System.Uri or byte[];

    /// <summary>Properties; none of them and no properties at all are told apart.</summary>
    public static void WriteProperties(this ref RecordWriter writer, IReadOnlyDictionary<string, object>? properties)
    {
        if (properties is null)
        {
            writer.Write(-1);
            return;
        }

        writer.Write(properties.Count);
        foreach (var (name, value) in properties)
        {
            writer.Write(name);
            Write(ref writer, value);
        }
    }

    public static IReadOnlyDictionary<string, object>? ReadProperties(this ref RecordReader reader)
    {
        var count = reader.ReadInt32();
        if (count <= 0)
        {
            return count < 0 ? null : BrokerMessage.NoProperties;
        }

        var properties = new Dictionary<string, object>(StringComparer.Ordinal);
        for (; count > 0; count--)
        {
            var name = reader.ReadText();
            properties.Add(name, Read(ref reader)!);
        }

        return properties.AsReadOnly();
    }

    private static void Write(ref RecordWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.Write(Null); break;
            case string v: writer.Write(Text); writer.Write(v); break;
            case bool v: writer.Write(v ? True : False); break;
            case char v: writer.Write(Char); writer.Write((int)v); break;
            case System.Guid v: writer.Write(Guid); writer.Write(v); break;
            case DateTime v: writer.Write(Time); writer.Write(v.ToBinary()); break;
            case DateTimeOffset v: writer.Write(OffsetTime); writer.Write(v.Ticks); writer.Write((int)v.Offset.TotalMinutes); break;
            case TimeSpan v: writer.Write(Span); writer.Write(v); break;
            case System.Uri v: writer.Write(Uri); writer.Write(v.OriginalString); break;
            case byte[] v: writer.Write(Bytes); writer.Write(v.AsSpan()); break;
            default: WriteNumber(ref writer, value); break;
        }
    }

    private static void WriteNumber(ref RecordWriter writer, object value)
    {
        switch (value)
        {
            case byte v: writer.Write(Byte); writer.Write(v); break;
            case sbyte v: writer.Write(SByte); writer.Write((byte)v); break;
            case short v: writer.Write(Int16); writer.Write((int)v); break;
            case ushort v: writer.Write(UInt16); writer.Write((int)v); break;
            case int v: writer.Write(Int32); writer.Write(v); break;
            case uint v: writer.Write(UInt32); writer.Write(v); break;
            case long v: writer.Write(Int64); writer.Write(v); break;
            case ulong v: writer.Write(UInt64); writer.Write((long)v); break;
            case float v: writer.Write(Single); writer.Write(BitConverter.SingleToInt32Bits(v)); break;
            case double v: writer.Write(Double); writer.Write(v); break;
            case decimal v: writer.Write(Decimal); WriteDecimal(ref writer, v); break;
            default: throw new InvalidOperationException($"A property of type {value.GetType()} came as far as the log.");
        }
    }

    private static object? Read(ref RecordReader reader) => reader.ReadByte() switch
    {
        Null => null,
        Text => reader.ReadText(),
        True => true,
        False => false,
        Byte => reader.ReadByte(),
        SByte => (sbyte)reader.ReadByte(),
        Int16 => (short)reader.ReadInt32(),
        UInt16 => (ushort)reader.ReadInt32(),
        Int32 => reader.ReadInt32(),
        UInt32 => reader.ReadUInt32(),
        Int64 => reader.ReadInt64(),
        UInt64 => (ulong)reader.ReadInt64(),
        Single => BitConverter.Int32BitsToSingle(reader.ReadInt32()),
        Double => reader.ReadDouble(),
        Decimal => new decimal([reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32()]),
        Char => (char)reader.ReadInt32(),
        Guid => reader.ReadGuid(),
        Time => DateTime.FromBinary(reader.ReadInt64()),
        OffsetTime => new DateTimeOffset(reader.ReadInt64(), TimeSpan.FromMinutes(reader.ReadInt32())),
        Span => reader.ReadSpan(),
        Uri => new System.Uri(reader.ReadText(), UriKind.RelativeOrAbsolute),
        Bytes => reader.ReadBytes().ToArray(),
        var other => throw new InvalidDataException($"There is no type {other} of property."),
    };

    private static void WriteDecimal(ref RecordWriter writer, decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        foreach (var part in bits)
        {
            writer.Write(part);
        }
    }
}
