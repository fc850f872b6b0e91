namespace EventFunctions.EventSourcing.Tests.Inbox;

public sealed class InboxKeyTests
{
    [Fact]
    public void A_key_is_the_handler_and_the_message() => Assert.Equal("RelayDelivery:m-1", new InboxKey("RelayDelivery", "m-1").Value);

    [Theory]
    [InlineData("", "m")]
    [InlineData("a:b", "m")]
    [InlineData("a b", "m")]
    [InlineData("a", "")]
    [InlineData("a", "m/1")]
    [InlineData("a", "m?")]
    [InlineData("a", "m#")]
    [InlineData("a", "m%20")]
    [InlineData("a", "m\\n")]
    [InlineData("a", "m ")]
    public void A_part_that_no_item_can_be_named_by_is_refused(string handler, string message) =>
        Assert.ThrowsAny<ArgumentException>(() => new InboxKey(handler, message));

    [Fact]
    public void Parts_have_a_longest_length()
    {
        var longest = new InboxKey(new string('a', InboxKey.MaxHandlerLength), new string('m', InboxKey.MaxMessageIdLength));

        Assert.True(longest.Value.Length <= 255);
        Assert.Throws<ArgumentException>(() => new InboxKey(new string('a', InboxKey.MaxHandlerLength + 1), "m"));
        Assert.Throws<ArgumentException>(() => new InboxKey("a", new string('m', InboxKey.MaxMessageIdLength + 1)));
    }

    [Fact]
    public void A_default_key_names_nothing() => Assert.Throws<InvalidOperationException>(() => default(InboxKey).Value);

    [Fact]
    public void Options_out_of_range_are_refused_when_they_are_set()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new InboxOptions { Lease = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new InboxOptions { Lease = TimeSpan.FromHours(2) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new InboxOptions { TimeToLive = TimeSpan.FromMinutes(59) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new InboxOptions { TimeToLive = TimeSpan.FromDays(366) });
        Assert.True(new InboxOptions().Lease < new InboxOptions().TimeToLive);
    }
}
