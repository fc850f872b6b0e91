using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace EventFunctions.Local.ServiceBus.Amqp.Tests.Codec;

/// <summary>Any values of the type system, and when two of them are the same.</summary>
internal static class AmqpValues
{
    private static readonly Gen<string> Texts = ArbMap.Default.GeneratorFor<NonNull<string>>()
        .Select(text => new string([.. text.Item.Where(c => !char.IsSurrogate(c))]));

    private static readonly Gen<AmqpSymbol> Symbols = Gen.ListOf(Gen.Choose(32, 126))
        .Select(codes => new AmqpSymbol(string.Concat(codes.Select(code => (char)code))));

    private static readonly Gen<DateTime> Times = Gen.Choose(-2_000_000_000, 2_000_000_000)
        .Select(seconds => DateTime.UnixEpoch.AddSeconds(seconds).AddMilliseconds(Math.Abs(seconds % 1000)));

    private static readonly Gen<Rune> Runes = Gen.OneOf(Gen.Choose(0, 0xd7ff), Gen.Choose(0xe000, 0x10ffff)).Select(code => new Rune(code));

    /// <summary>The simple types.</summary>
    public static Gen<object?> Simple { get; } = Gen.OneOf(
        Gen.Constant((object?)null), Of<bool>(), Of<byte>(), Of<sbyte>(), Of<ushort>(), Of<short>(), Of<uint>(), Of<int>(), Of<ulong>(),
        Of<long>(), Of<float>(), Of<double>(), Of<decimal>(), Of<Guid>(), Of<byte[]>(), Boxed(Texts), Boxed(Symbols), Boxed(Times), Boxed(Runes));

    /// <summary>All types, nested.</summary>
    public static Gen<object?> All { get; } = Gen.Sized(size => Nested(Math.Min(size, 24)));

    /// <summary>A value for a field of a composite type, null where it may be.</summary>
    public static Gen<object?> For(CompositeField field)
    {
        var value = field.Kind switch
        {
            FieldKind.Any => Simple,
            FieldKind.Boolean => Of<bool>(),
            FieldKind.UByte => Of<byte>(),
            FieldKind.UShort => Of<ushort>(),
            FieldKind.UInt => Of<uint>(),
            FieldKind.ULong => Of<ulong>(),
            FieldKind.String => Boxed(Texts),
            FieldKind.Symbol => Boxed(Symbols),
            FieldKind.Binary => Of<byte[]>(),
            FieldKind.Timestamp => Boxed(Times),
            FieldKind.Map => Boxed(Maps(4)),
            FieldKind.Described => Boxed(Simple.Select(inner => new AmqpDescribed(0x24ul, inner))),
            FieldKind.Symbols => Gen.OneOf(
                Boxed(Symbols), Boxed(Gen.ListOf(Symbols).Select(items => new AmqpArray(FormatCode.Symbol32, [.. items.Select(item => (object?)item)])))),
            FieldKind.Id => Gen.OneOf(Of<ulong>(), Of<Guid>(), Of<byte[]>(), Boxed(Texts)),
            _ => throw new InvalidOperationException($"There is no generator for {field.Kind}."),
        };
        return field.IsMandatory ? value : Gen.Frequency((1, Gen.Constant((object?)null)), (3, value));
    }

    /// <summary>Whether two values are the same, wherever they are nested.</summary>
    public static bool Same(object? left, object? right) => (left, right) switch
    {
        (byte[] l, byte[] r) => l.AsSpan().SequenceEqual(r),
        (AmqpList l, AmqpList r) => l.Count == r.Count && l.Zip(r).All(pair => Same(pair.First, pair.Second)),
        (AmqpMap l, AmqpMap r) => l.Count == r.Count
            && l.Zip(r).All(pair => Same(pair.First.Key, pair.Second.Key) && Same(pair.First.Value, pair.Second.Value)),
        (AmqpArray l, AmqpArray r) => l.Code == r.Code && Same(l.Descriptor, r.Descriptor) && l.Items.Count == r.Items.Count
            && l.Items.Zip(r.Items).All(pair => Same(pair.First, pair.Second)),
        (AmqpDescribed l, AmqpDescribed r) => Same(l.Descriptor, r.Descriptor) && Same(l.Value, r.Value),
        (AmqpDecimal l, AmqpDecimal r) => l.Code == r.Code && l.Bits.Span.SequenceEqual(r.Bits.Span),
        _ => Equals(left, right),
    };

    private static Gen<object?> Nested(int size) => size < 2
        ? Simple
        : Gen.Frequency(
            (4, Simple),
            (1, Boxed(Gen.ListOf(Nested(size / 3)).Select(items => new AmqpList(items)))),
            (1, Boxed(Maps(size / 3))),
            (1, Boxed(Arrays(size / 3))),
            (1, from descriptor in Gen.OneOf(Boxed(Symbols), Of<ulong>())
                from value in Nested(size / 2)
                select (object?)new AmqpDescribed(descriptor, value)));

    private static Gen<AmqpMap> Maps(int size) =>
        from pairs in Gen.ListOf(
            from key in Gen.OneOf(Boxed(Symbols), Boxed(Texts), Of<long>())
            from value in Nested(size)
            select (Key: key!, Value: value))
        select pairs.Aggregate(new AmqpMap(), (map, pair) =>
        {
            map.Add(pair.Key, pair.Value);
            return map;
        });

    private static Gen<AmqpArray> Arrays(int size)
    {
        var kind = Gen.Elements<(byte Code, Gen<object?> Item)>(
            (FormatCode.Boolean, Of<bool>()), (FormatCode.UInt, Of<uint>()), (FormatCode.Int, Of<int>()), (FormatCode.ULong, Of<ulong>()),
            (FormatCode.Long, Of<long>()), (FormatCode.UByte, Of<byte>()), (FormatCode.Uuid, Of<Guid>()), (FormatCode.Timestamp, Boxed(Times)),
            (FormatCode.String32, Boxed(Texts)), (FormatCode.Symbol32, Boxed(Symbols)), (FormatCode.Binary32, Of<byte[]>()),
            (FormatCode.Double, Of<double>()), (FormatCode.Decimal128, Of<decimal>()), (FormatCode.Char, Boxed(Runes)), (FormatCode.Null, Gen.Constant((object?)null)),
            (FormatCode.List32, Boxed(Gen.ListOf(Nested(size)).Select(items => new AmqpList(items)))), (FormatCode.Map32, Boxed(Maps(size))));
        return from chosen in kind
               from items in Gen.ListOf(chosen.Item)
               from descriptor in Gen.Frequency((3, Gen.Constant((object?)null)), (1, Boxed(Symbols)))
               select new AmqpArray(chosen.Code, [.. items], descriptor);
    }

    private static Gen<object?> Of<T>() => Boxed(ArbMap.Default.GeneratorFor<T>().Where(value => value is not null));

    private static Gen<object?> Boxed<T>(Gen<T> values) => values.Select(value => (object?)value);
}
