using EventFunctions.Local.Journal.Payloads;

namespace EventFunctions.Local.ServiceBus.Durability;

/// <summary>How the values that many records share are written, and read again.</summary>
internal static class PayloadParts
{
    private const int GuidBytes = 16;

    public static void Write(this ref RecordWriter writer, DateTimeOffset time) => writer.Write(time.UtcTicks);

    public static DateTimeOffset ReadTime(this ref RecordReader reader)
    {
        var ticks = reader.ReadInt64();
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : throw new InvalidDataException($"{ticks} is no time.");
    }

    public static void Write(this ref RecordWriter writer, TimeSpan span) => writer.Write(span.Ticks);

    public static TimeSpan ReadSpan(this ref RecordReader reader) => new(reader.ReadInt64());

    public static void Write(this ref RecordWriter writer, Guid guid)
    {
        Span<byte> bytes = stackalloc byte[GuidBytes];
        guid.TryWriteBytes(bytes);
        writer.Write(BitConverter.ToInt64(bytes));
        writer.Write(BitConverter.ToInt64(bytes[8..]));
    }

    public static Guid ReadGuid(this ref RecordReader reader)
    {
        Span<byte> bytes = stackalloc byte[GuidBytes];
        BitConverter.TryWriteBytes(bytes, reader.ReadInt64());
        BitConverter.TryWriteBytes(bytes[8..], reader.ReadInt64());
        return new Guid(bytes);
    }

    public static void Write(this ref RecordWriter writer, EntityAddress address)
    {
        writer.Write(address.Entity);
        writer.Write((byte)address.Part);
    }

    public static EntityAddress ReadAddress(this ref RecordReader reader)
    {
        var (entity, part) = (reader.ReadUInt32(), (EntityPart)reader.ReadByte());
        return Enum.IsDefined(part) ? new EntityAddress(entity, part) : throw new InvalidDataException($"An entity has no part {(byte)part}.");
    }

    /// <summary>Bytes, or that there are none.</summary>
    public static void WriteOptional(this ref RecordWriter writer, ReadOnlyMemory<byte>? bytes)
    {
        writer.Write(bytes is not null);
        if (bytes is { } some)
        {
            writer.Write(some.Span);
        }
    }

    public static ReadOnlyMemory<byte>? ReadOptionalBytes(this ref RecordReader reader) =>
        reader.ReadBoolean() ? reader.ReadBytes().ToArray() : default(ReadOnlyMemory<byte>?);
}
