using System.Text.Json;
using Azure.Messaging.ServiceBus;
using EventFunctions.Domain;
using EventFunctions.Domain.Inventory;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Testing;
using EventFunctions.Integration;
using EventFunctions.Publishing;
using EventFunctions.Tests.Delivery;
using EventFunctions.Tests.Publishing;
using Moq;

namespace EventFunctions.Tests.Integration;

/// <summary>What others are told, and what they are not.</summary>
public sealed class TranslationTests
{
    private static readonly IntegrationContracts Contracts = new();
    private static readonly IntegrationSerializer Serializer = new(Contracts);

    public static TheoryData<string> Categories => [.. DomainSamples.Translators.Select(t => t.Category)];

    [Fact]
    public void The_published_table_says_what_the_translators_do()
    {
        var rows = DomainSamples.All.Select(s => (s.Type, Told: TranslationsOf(s.Envelope))).Select(row =>
            $"| `{row.Type}` | {(row.Told.Count == 0 ? "—" : string.Join(", ", row.Told.Select(t => $"[`{t}`](schemas/{t}.json)")))} |");
        var table = string.Join('\n', ["| event of a context | integration event |", "|---|---|", .. rows]);

        var file = Path.Combine(SourceTree.Root, "docs", "integration-events", "README.md");
        var text = File.ReadAllText(file).ReplaceLineEndings("\n");
        const string Begin = "<!-- table: begin -->\n";
        const string End = "\n<!-- table: end -->";
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        new KeptFile(file).Check(text[..from] + table + text[to..]);
    }

    [Fact]
    public void Every_contract_is_told_by_some_event() =>
        Assert.Empty(Contracts.All.Select(c => c.Type).Except(DomainSamples.All.SelectMany(s => TranslationsOf(s.Envelope))));

    [Fact]
    public void An_event_becomes_no_contract_twice_or_its_ids_would_be_the_same() =>
        Assert.All(DomainSamples.All, s => Assert.Equal(TranslationsOf(s.Envelope).Distinct(), TranslationsOf(s.Envelope)));

    [Fact]
    public void Nothing_that_is_personal_gets_through()
    {
        var marked = DomainSamples.All.Select(s => (s.Type, Envelope: DomainSamples.Marked(s.Envelope)))
            .Select(m => (m.Type, Before: JsonOf(m.Envelope), Events: DomainSamples.Translation().Translate(m.Envelope))).ToList();

        // The markers are where they should be before, or their absence afterwards says nothing.
        Assert.All(DomainSamples.Markers, marker => Assert.Contains(marked, m => m.Before.Contains(marker, StringComparison.OrdinalIgnoreCase)));
        Assert.Contains(marked, m => m.Type == "order-placed.v2" && m.Events.Count == 1);
        Assert.Contains(marked, m => m.Type == "customer-registered.v1" && m.Events.Count == 2);
        Assert.All(marked.SelectMany(m => m.Events), e =>
        {
            var message = Serializer.ToMessage(e);
            Assert.All(DomainSamples.Markers, marker =>
            {
                Assert.DoesNotContain(marker, message.Body.ToString(), StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(message.ApplicationProperties.Values, v => v.ToString()!.Contains(marker, StringComparison.OrdinalIgnoreCase));
            });
        });
    }

    [Theory]
    [MemberData(nameof(Categories))]
    public void The_subscription_lets_just_those_events_through_that_become_contracts(string category)
    {
        Assert.True(EventTopics.TryGet(category, out var topic));
        using var messaging = JsonDocument.Parse(File.ReadAllText(Path.Combine(SourceTree.Root, "infra", "messaging.json")));
        var rule = messaging.RootElement.GetProperty("topics").EnumerateArray().Single(t => t.GetProperty("name").GetString() == topic)
            .GetProperty("subscriptions").EnumerateArray().Single(s => s.GetProperty("name").GetString()!.StartsWith("Translate", StringComparison.Ordinal))
            .GetProperty("rules")[0];
        var labels = rule.TryGetProperty("correlationFilter", out var filter)
            ? [filter.GetProperty("label").GetString()!]
            : rule.GetProperty("sqlFilter").GetProperty("sqlExpression").GetString()!.Split('\'').Where((_, i) => i % 2 == 1);

        Assert.Equal(
            DomainSamples.All.Where(s => s.Envelope.Stream.Category == category && TranslationsOf(s.Envelope).Count > 0).Select(s => s.Envelope.Type).Distinct().Order(StringComparer.Ordinal),
            labels.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_published_event_carries_its_origin_and_has_the_same_id_each_time()
    {
        var sent = new List<ServiceBusMessage>();
        var publisher = new Mock<IEventPublisher>(MockBehavior.Strict);
        publisher.Setup(p => p.PublishAsync(EventTopics.Integration, It.IsAny<IReadOnlyList<ServiceBusMessage>>(), It.IsAny<CancellationToken>()))
            .Callback((string _, IReadOnlyList<ServiceBusMessage> messages, CancellationToken _) => sent.AddRange(messages))
            .ReturnsAsync([]);
        var envelope = EventSamples.Envelope(
            new OrderConfirmed(EventSamples.SampleOrder, new CustomerId("customer-1")), Order.StreamOf(EventSamples.SampleOrder, "acme"), 2);

        await DomainSamples.Translation(publisher.Object).PublishAsync(envelope, CancellationToken.None);
        await DomainSamples.Translation(publisher.Object).PublishAsync(envelope, CancellationToken.None);

        Assert.Equal((2, 1), (sent.Count, sent.Select(m => m.MessageId).Distinct().Count()));
        var message = sent[0];
        Assert.Equal(
            (NameBasedGuid.Create(envelope.EventId, "shop.order.confirmed.v1").ToString(), envelope.Stream.Value, "shop.order.confirmed.v1", "corr-1", "application/cloudevents+json"),
            (message.MessageId, message.SessionId, message.Subject, message.CorrelationId, message.ContentType));
        Assert.Equal(
            [("causationId", (object)envelope.EventId.ToString()), ("tenant", "acme"), ("traceparent", envelope.Metadata.TraceParent!)],
            message.ApplicationProperties.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => (p.Key, p.Value)));
        var body = JsonDocument.Parse(message.Body).RootElement;
        Assert.Equal(("1.0", "/acme/ordering", envelope.Stream.Id, "0000000002"), (Text("specversion"), Text("source"), Text("subject"), Text("sequence")));
        Assert.DoesNotContain("corr-1", message.Body.ToString(), StringComparison.Ordinal);

        string? Text(string name) => body.GetProperty(name).GetString();
    }

    [Fact]
    public async Task What_the_topic_cannot_take_is_told_and_not_lost()
    {
        var publisher = new Mock<IEventPublisher>();
        publisher.Setup(p => p.PublishAsync(It.IsAny<string>(), It.IsAny<IReadOnlyList<ServiceBusMessage>>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((string _, IReadOnlyList<ServiceBusMessage> messages, CancellationToken _) => [new OversizedMessage(messages[0], 10)]);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => DomainSamples.Translation(publisher.Object).PublishAsync(EventSamples.Confirmed(), CancellationToken.None));

        Assert.Contains("shop.order.confirmed.v1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_nobody_is_told_sends_nothing() => Assert.Empty(DomainSamples.Translation().Translate(EventSamples.Envelope(
        new StockReserved(new ProductId("apple"), EventSamples.SampleOrder, new Quantity(1)), StockItem.StreamOf(new ProductId("apple")))));

    private static string JsonOf(EventEnvelope envelope) => JsonSerializer.Serialize(EventSamples.Serializer.Write(envelope), EventJson.Options);

    private static List<string> TranslationsOf(EventEnvelope envelope) =>
        [.. DomainSamples.Translation().Translate(envelope).Select(e => Contracts.Of(e.Data).Type)];
}
