namespace EventFunctions.Local.ServiceBus.Tests.Rules;

/// <summary>
/// Cases per section of Microsoft Learn, "Subscription rule SQL action syntax" (service-bus-messaging-sql-rule-action). What the page
/// leaves open is marked "open" and fixes what the broker does.
/// </summary>
public sealed class SqlActionTests
{
    private static readonly BrokerMessage Message = new()
    {
        MessageId = "id-1",
        Subject = "order-placed",
        SessionId = "s",
        To = "here",
        TimeToLive = TimeSpan.FromMinutes(5),
        Properties = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["quantity"] = 10,
            ["price"] = 2.5,
            ["small"] = (byte)200,
            ["amount"] = 12.50m,
            ["color"] = "red",
            ["yes"] = true,
            ["which"] = "color",
        },
    };

    [Theory]
    // SET of a property of the application: new, existing, by other letter case
    [InlineData("SET made = 1", "made", 1L)]
    [InlineData("SET user.made = 'x'", "made", "x")]
    [InlineData("SET [made up] = 'x'", "made up", "x")]
    [InlineData("SET \"made up\" = 'x'", "made up", "x")]
    [InlineData("set made = TRUE", "made", true)]
    [InlineData("SET color = 'blue'", "color", "blue")]
    [InlineData("SET COLOR = 'blue'", "color", "blue")]
    [InlineData("SET property('color') = 'blue'", "color", "blue")]
    [InlineData("SET p(which) = 'blue'", "color", "blue")]
    [InlineData("SET made = 1.5", "made", 1.5)]
    [InlineData("SET made = 1e3", "made", 1000.0)]
    [InlineData("SET made = -quantity", "made", -10L)]
    [InlineData("SET made = quantity * 2 + 1", "made", 21L)]
    [InlineData("SET made = color + '!'", "made", "red!")]
    [InlineData("SET made = sys.Label", "made", "order-placed")]
    [InlineData("SET made = p(which)", "made", "red")]
    [InlineData("SET made = (quantity)", "made", 10L)]
    [InlineData("SET made = missing", "made", null)] // open: an unknown value is set, and is null
    [InlineData("SET made = NULL", "made", null)]
    // the page of topic filters: a property keeps its type where it can
    [InlineData("SET quantity = quantity / 2;", "quantity", 5)]
    [InlineData("SET quantity = 3000000000", "quantity", 3000000000L)] // open: it takes the value's type where that does not fit
    [InlineData("SET quantity = 1.5", "quantity", 1.5)] // open
    [InlineData("SET quantity = 'ten'", "quantity", "ten")] // open
    [InlineData("SET small = small + 55", "small", (byte)255)]
    [InlineData("SET small = small + 56", "small", 256L)]
    [InlineData("SET price = 3", "price", 3.0)]
    [InlineData("SET yes = FALSE", "yes", false)]
    // statements one after another, with and without semicolons
    [InlineData("SET a = 1; SET b = a + 1", "b", 2L)]
    [InlineData("SET a = 1 SET b = a + 1", "b", 2L)]
    [InlineData("SET a = 1; SET a = a + 1; SET a = a + 1;", "a", 3L)]
    [InlineData("REMOVE color; SET color = 1", "color", 1L)]
    public void A_property_has_the_value_afterwards(string action, string property, object? expected)
    {
        var changed = SqlAction.Parse(action).Run(Message);

        Assert.Equal(expected, changed.Properties[property]);
    }

    [Theory]
    [InlineData("REMOVE color", "color")]
    [InlineData("remove user.COLOR;", "color")]
    [InlineData("REMOVE p(which)", "color")]
    [InlineData("REMOVE missing", "missing")] // "Action doesn't fail if non-existent user properties were referenced"
    [InlineData("SET color = 1; REMOVE color", "color")]
    public void A_property_is_gone_afterwards(string action, string property) =>
        Assert.False(SqlAction.Parse(action).Run(Message).Properties.ContainsKey(property));

    [Theory]
    [InlineData("SET sys.Label = 'x'", "x")]
    [InlineData("SET SYS.LABEL = 'x'", "x")]
    [InlineData("SET sys.Subject = 'x'", "x")]
    [InlineData("SET sys.Label = sys.Label + '-' + sys.To", "order-placed-here")]
    [InlineData("SET sys.Label = 1", "1")] // open: a text takes other values as text
    [InlineData("SET sys.Label = TRUE", "true")] // open
    [InlineData("SET sys.Label = NULL", null)]
    [InlineData("REMOVE sys.Label", null)]
    public void The_label_is_set(string action, string? expected) => Assert.Equal(expected, SqlAction.Parse(action).Run(Message).Subject);

    [Fact]
    public void Every_settable_system_property_is_set()
    {
        var changed = SqlAction.Parse(
            "SET sys.MessageId = 'm'; SET sys.CorrelationId = 'c'; SET sys.SessionId = 'se'; SET sys.To = 't'; SET sys.ReplyTo = 'r';"
            + "SET sys.ReplyToSessionId = 'rs'; SET sys.ContentType = 'ct'; SET sys.PartitionKey = 'p'; REMOVE sys.TimeToLive").Run(Message);

        Assert.Equal(
            ("m", "c", "se", "t", "r", "rs", "ct", "p", TimeSpan.MaxValue),
            (changed.MessageId, changed.CorrelationId, changed.SessionId, changed.To, changed.ReplyTo, changed.ReplyToSessionId, changed.ContentType,
                changed.PartitionKey, changed.TimeToLive));
        Assert.Equal("id-1", Message.MessageId); // its own copy only
    }

    [Fact]
    public void Parameters_stand_for_values() =>
        Assert.Equal(7L, SqlAction.Parse("SET made = @n", new Dictionary<string, object> { ["@n"] = 7 }).Run(Message).Properties["made"]);

    [Theory]
    [InlineData("SET sys.NoSuchThing = 1")] // "Action fails if non-existent system properties were referenced"
    [InlineData("REMOVE sys.NoSuchThing")]
    [InlineData("SET made = sys.NoSuchThing")]
    [InlineData("SET sys.TimeToLive = 'long'")]
    [InlineData("SET made = quantity / 0")]
    [InlineData("SET made = color * 2")]
    [InlineData("SET p(missing) = 1")]
    [InlineData("SET p(quantity) = 1")]
    public void An_action_that_makes_no_sense_for_a_message_fails(string action) =>
        Assert.Throws<FilterException>(() => SqlAction.Parse(action).Run(Message));

    [Theory]
    [InlineData("", 1)]
    [InlineData("SET", 4)]
    [InlineData("SET a", 6)]
    [InlineData("SET a =", 8)]
    [InlineData("SET a = 1 = 2", 11)]
    [InlineData("SET 1 = 2", 7)]
    [InlineData("SET a = (b = 1)", 16)]
    [InlineData("SET a = 1;;", 11)]
    [InlineData("REMOVE", 7)]
    [InlineData("REMOVE a, b", 9)]
    [InlineData("DELETE a", 1)]
    [InlineData("a = 1", 1)]
    [InlineData("SET a = @unset", 9)]
    public void An_action_that_is_none_says_where(string action, int position)
    {
        var refused = Assert.Throws<SqlFilterSyntaxException>(() => SqlAction.Parse(action));

        Assert.EndsWith($"(at character {position})", refused.Message, StringComparison.Ordinal);
    }
}
