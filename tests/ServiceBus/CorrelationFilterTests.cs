namespace EventFunctions.Local.ServiceBus.Tests;

public sealed class CorrelationFilterTests
{
    private static readonly BrokerMessage Message = new()
    {
        MessageId = "m",
        CorrelationId = "c",
        Subject = "s",
        To = "t",
        ReplyTo = "r",
        ReplyToSessionId = "rs",
        SessionId = "se",
        ContentType = "ct",
        Properties = new Dictionary<string, object>(StringComparer.Ordinal) { ["kind"] = "a", ["number"] = 1 },
    };

    [Theory]
    [InlineData("messageId", "m", true)]
    [InlineData("correlationId", "c", true)]
    [InlineData("label", "s", true)]
    [InlineData("label", "S", false)]
    [InlineData("to", "t", true)]
    [InlineData("replyTo", "r", true)]
    [InlineData("replyToSessionId", "rs", true)]
    [InlineData("sessionId", "se", true)]
    [InlineData("contentType", "ct", true)]
    [InlineData("contentType", "", false)]
    public void A_system_property_must_be_equal(string name, string value, bool selects) =>
        Assert.Equal(selects, Filter([new(name, value)], []).Selects(Message));

    [Theory]
    [InlineData("kind", "a", true)]
    [InlineData("kind", "A", false)]
    [InlineData("Kind", "a", false)]
    [InlineData("missing", "a", false)]
    [InlineData("number", "1", false)]
    public void An_application_property_must_be_an_equal_string(string name, string value, bool selects) =>
        Assert.Equal(selects, Filter([], [new(name, value)]).Selects(Message));

    [Fact]
    public void All_named_properties_must_be_equal()
    {
        Assert.True(Filter([new("label", "s"), new("to", "t")], [new("kind", "a")]).Selects(Message));
        Assert.False(Filter([new("label", "s"), new("to", "x")], [new("kind", "a")]).Selects(Message));
        Assert.False(Filter([new("label", "s"), new("to", "t")], [new("kind", "b")]).Selects(Message));
    }

    private static CorrelationFilter Filter(KeyValuePair<string, string>[] system, KeyValuePair<string, string>[] application) =>
        new(new FilterDefinition.Correlation(system.ToDictionary(), application.ToDictionary(p => p.Key, object (p) => p.Value)));
}
