namespace EventFunctions.Local.ServiceBus.Amqp.Tests.Codec;

/// <summary>Bytes that are no values are refused, with a reason, whatever they ask for.</summary>
public sealed class MalformedValueTests
{
    [Theory]
    [InlineData("", "needs 1 bytes")]
    [InlineData("99", "no format code 0x99")]
    [InlineData("70000001", "needs 4 bytes")]
    [InlineData("5602", "0 or 1")]
    [InlineData("a1ff41", "needs 255 bytes")]
    [InlineData("b1ffffffff", "needs 4294967295 bytes")]
    [InlineData("a102c328", "no UTF-8")]
    [InlineData("a301ff", "no ASCII")]
    [InlineData("7300110000", "no Unicode scalar value")]
    [InlineData("c00401524152", "ends at byte")]
    [InlineData("c003014343", "ends at byte")]
    [InlineData("c10302a1", "needs")]
    [InlineData("c1020143", "a value for every key")]
    [InlineData("c103024043", "key is null")]
    [InlineData("d000000004ffffffff", "more than 262144 values")]
    [InlineData("f000000005ffffffff40", "more than 262144 values")]
    [InlineData("e0050100400040", "two descriptors")]
    public void It_says_what_is_wrong(string hex, string reason)
    {
        var error = Assert.Throws<AmqpFormatException>(() => new AmqpReader(Convert.FromHexString(hex)).ReadValue());

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00")]
    [InlineData("c0ff01")]
    [InlineData("e0ff01")]
    public void Nesting_has_an_end(string opening)
    {
        var bytes = Convert.FromHexString(string.Concat(Enumerable.Repeat(opening, 100_000)));

        Assert.Throws<AmqpFormatException>(() => new AmqpReader(bytes).ReadValue());
        Assert.Throws<AmqpFormatException>(() =>
        {
            var reader = new AmqpReader(bytes);
            while (!reader.AtEnd)
            {
                reader.SkipValue();
            }
        });
    }

    [Theory]
    [InlineData("00531145", "'next-outgoing-id' is mandatory")]
    [InlineData("005310c003015201", "'container-id' is to be a string")]
    [InlineData("005324c0020140", "has 0 fields, not 1")]
    [InlineData("0053ffc00100", "no composite type")]
    [InlineData("00531041", "is a list")]
    public void A_composite_value_has_the_fields_of_its_type(string hex, string reason)
    {
        var error = Assert.Throws<AmqpFormatException>(() =>
        {
            var reader = new AmqpReader(Convert.FromHexString(hex));
            Performative.Read(ref reader);
        });

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
