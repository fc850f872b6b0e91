namespace EventFunctions.EventSourcing.Tests.Streams;

public sealed class StreamNameTests
{
    [Theory]
    [InlineData("ordering-7f3c", null, "ordering", "7f3c")]
    [InlineData("acme.ordering-7f3c", "acme", "ordering", "7f3c")]
    [InlineData("inventory-a-b.c_D", null, "inventory", "a-b.c_D")]
    [InlineData("2go.a1-x", "2go", "a1", "x")]
    public void A_name_has_its_parts(string text, string? tenant, string category, string id)
    {
        var name = StreamName.Parse(text);

        Assert.Equal((tenant, category, id, text), (name.Tenant, name.Category, name.Id, name.ToString()));
        Assert.Equal(name, new StreamName(category, id, tenant));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ordering")]
    [InlineData("-1")]
    [InlineData("ordering-")]
    [InlineData("Ordering-1")]
    [InlineData("1ordering-1")]
    [InlineData(".ordering-1")]
    [InlineData("Acme.ordering-1")]
    [InlineData("a.b.ordering-1")]
    [InlineData("ordering-a/b")]
    [InlineData("ordering-a b")]
    [InlineData("ordering-é")]
    public void What_is_no_name_is_refused(string text)
    {
        Assert.False(StreamName.TryParse(text, out _));
        Assert.Throws<FormatException>(() => StreamName.Parse(text));
    }

    [Theory]
    [InlineData("a-b", "c", null)]
    [InlineData("a.b", "c", null)]
    [InlineData("a", "b", "t.u")]
    [InlineData("a", "b", "")]
    public void Parts_do_not_run_into_each_other(string category, string id, string? tenant) =>
        Assert.Throws<ArgumentException>(() => new StreamName(category, id, tenant));

    [Fact]
    public void A_name_is_as_long_as_a_session_id_at_most()
    {
        Assert.Equal(StreamName.MaxLength, new StreamName("a", new string('x', StreamName.MaxLength - 2)).Value.Length);
        Assert.Throws<ArgumentException>(() => new StreamName("a", new string('x', StreamName.MaxLength - 1)));
    }

    [Fact]
    public void The_default_value_names_nothing() => Assert.Throws<InvalidOperationException>(() => default(StreamName).Value);
}
