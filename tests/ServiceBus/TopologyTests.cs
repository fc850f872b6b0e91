namespace EventFunctions.Local.ServiceBus.Tests;

public sealed class TopologyTests
{
    [Fact]
    public void Everything_that_is_declared_is_read()
    {
        var topology = MessagingTopology.Parse("""
            { "topics": [ { "name": "ordering-events", "requiresDuplicateDetection": true, "duplicateDetectionHistoryTimeWindow": "PT20M",
                "defaultMessageTimeToLive": "P14D", "maxMessageSizeInKilobytes": 1024,
                "subscriptions": [ { "name": "ProjectOrderView", "requiresSession": true, "lockDuration": "PT2M", "maxDeliveryCount": 5,
                  "deadLetteringOnMessageExpiration": true, "deadLetteringOnFilterEvaluationExceptions": false, "defaultMessageTimeToLive": "P1D",
                  "rules": [ { "name": "order-placed", "filterType": "CorrelationFilter", "correlationFilter": { "label": "order-placed", "properties": { "a": "b" } } },
                             { "name": "by-sql", "filterType": "SqlFilter", "sqlFilter": { "sqlExpression": "sys.Label IN ('a','b')" } } ] },
                  { "name": "Everything" } ] } ],
              "queues": [ { "name": "work", "requiresSession": true, "lockDuration": "PT5S", "maxDeliveryCount": 1 } ] }
            """);

        var topic = Assert.Single(topology.Topics);
        Assert.Equal(("ordering-events", true, TimeSpan.FromMinutes(20), TimeSpan.FromDays(14), 1024),
            (topic.Name, topic.RequiresDuplicateDetection, topic.DuplicateDetectionHistoryTimeWindow, topic.DefaultMessageTimeToLive,
                topic.MaxMessageSizeInKilobytes));
        var view = topic.Subscriptions[0];
        Assert.Equal(("ProjectOrderView", true, TimeSpan.FromMinutes(2), 5, true, false, TimeSpan.FromDays(1)),
            (view.Name, view.RequiresSession, view.LockDuration, view.MaxDeliveryCount, view.DeadLetteringOnMessageExpiration,
                view.DeadLetteringOnFilterEvaluationExceptions, view.DefaultMessageTimeToLive));
        var correlation = Assert.IsType<FilterDefinition.Correlation>(view.Rules[0].Filter);
        Assert.Equal("order-placed", correlation.SystemProperties["label"]);
        Assert.Equal("b", correlation.Properties["a"]);
        Assert.Equal(new FilterDefinition.Sql("sys.Label IN ('a','b')"), view.Rules[1].Filter);
        Assert.Equal(["$Default"], topic.Subscriptions[1].Rules.Select(r => r.Name));
        Assert.Equal(10, topic.Subscriptions[1].MaxDeliveryCount);
        Assert.Equal(("work", true, TimeSpan.FromSeconds(5), 1),
            topology.Queues.Select(q => (q.Name, q.RequiresSession, q.LockDuration, q.MaxDeliveryCount)).Single());
    }

    [Theory]
    [InlineData("""{ "topic": [] }""", "$.topic")]
    [InlineData("""[]""", "$")]
    [InlineData("""{ "topics": {} }""", "$.topics")]
    [InlineData("""{ "topics": [ 1 ] }""", "$.topics[0]")]
    [InlineData("""{ "topics": [ {} ] }""", "$.topics[0].name")]
    [InlineData("""{ "topics": [ { "name": "" } ] }""", "$.topics[0].name")]
    [InlineData("""{ "topics": [ { "name": "a$b" } ] }""", "$.topics[0].name")]
    [InlineData("""{ "topics": [ { "name": "a" }, { "name": "A" } ] }""", "$.topics[1].name")]
    [InlineData("""{ "topics": [ { "name": "a" } ], "queues": [ { "name": "a" } ] }""", "$.queues[0].name")]
    [InlineData("""{ "queues": [ { "name": "a", "lockDuration": "PT4S" } ] }""", "$.queues[0].lockDuration")]
    [InlineData("""{ "queues": [ { "name": "a", "lockDuration": "00:01:00" } ] }""", "$.queues[0].lockDuration")]
    [InlineData("""{ "queues": [ { "name": "a", "lockDuration": 60 } ] }""", "$.queues[0].lockDuration")]
    [InlineData("""{ "queues": [ { "name": "a", "maxDeliveryCount": 0 } ] }""", "$.queues[0].maxDeliveryCount")]
    [InlineData("""{ "queues": [ { "name": "a", "maxDeliveryCount": 1.5 } ] }""", "$.queues[0].maxDeliveryCount")]
    [InlineData("""{ "queues": [ { "name": "a", "requiresSession": "true" } ] }""", "$.queues[0].requiresSession")]
    [InlineData("""{ "queues": [ { "name": "a", "name": "b" } ] }""", "$.queues[0].name")]
    [InlineData("""{ "queues": [ { "name": "a", "subscriptions": [] } ] }""", "$.queues[0].subscriptions")]
    [InlineData("""{ "topics": [ { "name": "a", "requiresSession": true } ] }""", "$.topics[0].requiresSession")]
    [InlineData("""{ "topics": [ { "name": "a", "duplicateDetectionHistoryTimeWindow": "P8D" } ] }""", "$.topics[0].duplicateDetectionHistoryTimeWindow")]
    [InlineData("""{ "topics": [ { "name": "a", "subscriptions": [ { "name": "s" }, { "name": "s" } ] } ] }""", "$.topics[0].subscriptions[1].name")]
    [InlineData("""{ "topics": [ { "name": "a", "subscriptions": [ { "name": "012345678901234567890123456789012345678901234567890" } ] } ] }""", "$.topics[0].subscriptions[0].name")]
    [InlineData("""{ "topics": [ { "name": "a", "subscriptions": [ { "name": "s", "rules": [ { "name": "r" } ] } ] } ] }""", "$.topics[0].subscriptions[0].rules[0].filterType")]
    [InlineData("""{ "topics": [ { "name": "a", "subscriptions": [ { "name": "s", "rules": [ { "name": "r", "filterType": "Odd" } ] } ] } ] }""", "$.topics[0].subscriptions[0].rules[0].filterType")]
    [InlineData("""{ "topics": [ { "name": "a", "subscriptions": [ { "name": "s", "rules": [ { "name": "r", "filterType": "SqlFilter", "sqlFilter": { "sqlExpression": "a =" } } ] } ] } ] }""", "$.topics[0].subscriptions[0].rules[0].sqlFilter.sqlExpression")]
    [InlineData("""{ "topics": [ { "name": "a", "subscriptions": [ { "name": "s", "rules": [ { "name": "r", "filterType": "CorrelationFilter", "correlationFilter": {} } ] } ] } ] }""", "$.topics[0].subscriptions[0].rules[0].correlationFilter")]
    [InlineData("""{ "topics": [ { "name": "a", "subscriptions": [ { "name": "s", "rules": [ { "name": "r", "filterType": "CorrelationFilter", "correlationFilter": { "subject": "x" } } ] } ] } ] }""", "$.topics[0].subscriptions[0].rules[0].correlationFilter.subject")]
    [InlineData("""{ "topics": [ { "name": "a", "subscriptions": [ { "name": "s", "rules": [ { "name": "r", "filterType": "SqlFilter", "sqlFilter": { "sqlExpression": "1=1" }, "action": { "sqlExpression": "SET a" } } ] } ] } ] }""", "$.topics[0].subscriptions[0].rules[0].action.sqlExpression")]
    [InlineData("""{ "queues": [ { "name": "a", "forwardTo": "b" } ] }""", "$.queues[0].forwardTo")]
    [InlineData("""{ "queues": [ { "name": "a", "forwardTo": "A" } ] }""", "$.queues[0].forwardTo")]
    [InlineData("""{ "queues": [ { "name": "a" }, { "name": "b", "requiresSession": true, "forwardTo": "a" } ] }""", "$.queues[1].forwardTo")]
    [InlineData("""{ "topics": [ { "name": "a", "subscriptions": [ { "name": "s", "forwardDeadLetteredMessagesTo": "b" } ] } ] }""", "$.topics[0].subscriptions[0].forwardDeadLetteredMessagesTo")]
    [InlineData("""{ "queues": [ { "name": "a", "status": "Asleep" } ] }""", "$.queues[0].status")]
    [InlineData("""{ "queues": [ { "name": "a", "autoDeleteOnIdle": "PT4M" } ] }""", "$.queues[0].autoDeleteOnIdle")]
    [InlineData("""{ "topics": [ { "name": "a", "maxSizeInMegabytes": 0 } ] }""", "$.topics[0].maxSizeInMegabytes")]
    public void A_mistake_is_named_by_its_place(string json, string path)
    {
        var refused = Assert.Throws<MessagingTopologyException>(() => MessagingTopology.Parse(json));

        Assert.Equal(path, refused.Path);
        Assert.StartsWith(path + ": ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_json_or_no_file_is_refused()
    {
        Assert.Throws<MessagingTopologyException>(() => MessagingTopology.Parse("{"));
        Assert.Throws<MessagingTopologyException>(() => MessagingTopology.Load(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"))));
    }
}
