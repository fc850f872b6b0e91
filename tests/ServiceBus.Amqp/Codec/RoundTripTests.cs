using FsCheck;
using FsCheck.Fluent;

namespace EventFunctions.Local.ServiceBus.Amqp.Tests.Codec;

/// <summary>What is written is what is read.</summary>
public sealed class RoundTripTests
{
    [Fact]
    public void Any_value_comes_back_as_it_was_written() => Prop
        .ForAll(AmqpValues.All.ToArbitrary(), value =>
        {
            var read = Read(Write(value));
            return AmqpValues.Same(value, read).Label($"{value} came back as {read}");
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithEndSize(60));

    [Fact]
    public void Stepping_over_a_value_ends_where_reading_it_does() => Prop
        .ForAll(AmqpValues.All.ToArbitrary(), value =>
        {
            var bytes = Write(value);
            var reader = new AmqpReader(bytes.Span);
            reader.SkipValue();
            return reader.AtEnd;
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(60));

    public static TheoryData<string> CompositeNames => [.. CompositeTypes.All.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(CompositeNames))]
    public void Any_value_of_a_composite_type_comes_back_as_it_was_written(string name)
    {
        var type = CompositeTypes.Find(new AmqpSymbol(name))!;
        var fields = type.Fields.Select(AmqpValues.For)
            .Aggregate(Gen.Constant(Array.Empty<object?>()), (all, one) => from done in all from next in one select (object?[])[.. done, next]);
        Prop.ForAll(fields.ToArbitrary(), values =>
            {
                var bytes = Write(new AmqpDescribed(type.Code, new AmqpList(values)));
                var reader = new AmqpReader(bytes.Span);
                var read = Composite.Read(ref reader);
                var again = new AmqpReader(Write(read).Span);
                return read.Type == type
                    && values.Zip(read.Fields()).All(pair => AmqpValues.Same(pair.First, pair.Second))
                    && Composite.Read(ref again).Fields().Zip(values).All(pair => AmqpValues.Same(pair.First, pair.Second));
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void A_composite_value_is_known_by_its_symbol_too()
    {
        var reader = new AmqpReader(Write(new AmqpDescribed(new AmqpSymbol("amqp:accepted:list"), new AmqpList())).Span);

        Assert.Same(CompositeTypes.Accepted, Composite.Read(ref reader).Type);
    }

    [Theory]
    [InlineData("40", null)]
    [InlineData("41", true)]
    [InlineData("5601", true)]
    [InlineData("43", 0u)]
    [InlineData("52ff", 255u)]
    [InlineData("7000000100", 256u)]
    [InlineData("54ff", -1)]
    [InlineData("55fe", -2L)]
    [InlineData("44", 0ul)]
    [InlineData("80000000000000000a", 10ul)]
    [InlineData("a10568656c6c6f", "hello")]
    [InlineData("b100000003e29882", "☂")]
    [InlineData("823ff0000000000000", 1.0)]
    public void Examples_of_encodings_are_read(string hex, object? expected) =>
        Assert.Equal(expected, Read(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("0", "3040000000000000" + "0000000000000000")]
    [InlineData("1", "3040000000000000" + "0000000000000001")]
    [InlineData("-12.34", "b03c000000000000" + "00000000000004d2")]
    [InlineData("79228162514264337593543950335", "30400000ffffffff" + "ffffffffffffffff")]
    public void Decimals_are_in_the_binary_integer_encoding(string number, string hex)
    {
        var written = Write(decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture)).Span;

        Assert.Equal("94" + hex, Convert.ToHexStringLower(written));
    }

    [Fact]
    public void A_decimal_no_number_here_can_hold_is_kept_as_it_came()
    {
        var infinity = Convert.FromHexString("9478000000000000000000000000000000");

        Assert.Equal(infinity, Write(Assert.IsType<AmqpDecimal>(Read(infinity))).ToArray());
    }

    [Fact]
    public void A_time_beyond_the_calendar_is_its_last_moment() =>
        Assert.Equal(DateTimeOffset.MaxValue.UtcDateTime.Date, ((DateTime)Read(Convert.FromHexString("837fffffffffffffff"))!).Date);

    internal static ReadOnlyMemory<byte> Write(object? value)
    {
        var writer = new AmqpWriter(8);
        writer.WriteValue(value);
        return writer.Written;
    }

    private static object? Read(ReadOnlyMemory<byte> bytes)
    {
        var reader = new AmqpReader(bytes.Span);
        var value = reader.ReadValue();
        Assert.True(reader.AtEnd);
        return value;
    }
}
