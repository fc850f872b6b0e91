namespace EventFunctions.EventSourcing.Tests.Projections;

public sealed class ViewKeyTests
{
    [Theory]
    [InlineData("", "id")]
    [InlineData("partition", "")]
    [InlineData("partition", "a/b")]
    [InlineData("partition", "a\\b")]
    [InlineData("partition", "a?b")]
    [InlineData("partition", "a#b")]
    [InlineData("partition", "100%25")]
    [InlineData("partition", ".")]
    [InlineData("partition", "..")]
    [InlineData("partition", " id")]
    [InlineData("partition", "id ")]
    public void A_key_that_a_store_could_not_keep_is_refused(string partition, string id) =>
        Assert.Throws<ArgumentException>(() => new ViewKey(partition, id));

    [Fact]
    public void A_default_key_names_nothing()
    {
        Assert.Throws<InvalidOperationException>(() => default(ViewKey).Partition);
        Assert.Throws<InvalidOperationException>(() => default(ViewKey).Id);
        Assert.NotEqual(new ViewKey("partition", "id"), default);
    }

    [Fact]
    public void Parts_have_a_longest_length()
    {
        var longest = new string('x', ViewKey.MaxLength);
        Assert.Equal(longest, new ViewKey(longest, longest).Id);
        Assert.Throws<ArgumentException>(() => new ViewKey(longest + "x", "id"));
        Assert.Throws<ArgumentException>(() => new ViewKey("partition", longest + "x"));
    }
}
