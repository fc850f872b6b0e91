using FsCheck;
using FsCheck.Fluent;

namespace EventFunctions.Local.ServiceBus.Amqp.Tests.Codec;

/// <summary>Messages between their bytes and the broker.</summary>
public sealed class MessageTests
{
    private static readonly Gen<string?> Texts = Gen.OneOf(
        Gen.Constant((string?)null),
        ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => (string?)new string([.. text.Item.Where(c => !char.IsSurrogate(c))])));

    private static readonly Gen<object> Values = Gen.OneOf(
        AmqpValues.Simple.Where(value => value is not (null or AmqpSymbol or System.Text.Rune or byte[])).Select(value => value!),
        Gen.Elements<object>(TimeSpan.FromTicks(17), new Uri("http://example.com/a b"), new DateTimeOffset(2026, 3, 1, 1, 2, 3, TimeSpan.Zero), 'ü'));

    private static readonly Gen<BrokerMessage> Messages =
        from id in Texts
        from session in Texts
        from subject in Texts
        from partition in Texts
        from type in Gen.Elements<string?>(null, "text/plain", "application/json")
        from days in Gen.Choose(0, 400)
        from scheduled in Gen.Elements<DateTimeOffset?>(null, new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero))
        from body in ArbMap.Default.GeneratorFor<byte[]>()
        from properties in Gen.ListOf(from key in Texts from value in Values select (Key: key ?? "none", Value: value))
        select new BrokerMessage
        {
            MessageId = id ?? "made up",
            SessionId = session,
            Subject = subject,
            To = subject,
            ReplyTo = id,
            ReplyToSessionId = session,
            CorrelationId = partition,
            PartitionKey = partition,
            ContentType = type,
            TimeToLive = days == 0 ? TimeSpan.MaxValue : TimeSpan.FromDays(days),
            ScheduledEnqueueTime = scheduled,
            Body = body,
            Properties = properties.DistinctBy(p => p.Key).ToDictionary(p => p.Key, p => p.Value),
        };

    [Fact]
    public void A_message_that_is_received_and_sent_on_is_the_same() => Prop
        .ForAll(Messages.ToArbitrary(), message =>
        {
            var read = InboundMessages.ReadOne(Write(message));
            return (Text(read) == Text(message) && read.Body.Span.SequenceEqual(message.Body.Span)).Label($"{Text(message)} became {Text(read)}");
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void What_the_broker_has_no_use_for_goes_through_it_untouched()
    {
        var writer = new AmqpWriter();
        writer.WriteValue(new AmqpDescribed(MessageSection.Header, new AmqpList { true, (byte)9 }));
        writer.WriteValue(new AmqpDescribed(MessageSection.MessageAnnotations, new AmqpMap { { new AmqpSymbol("x-mine"), 3 }, { new AmqpSymbol("x-opt-sequence-number"), 99L } }));
        writer.WriteValue(new AmqpDescribed(MessageSection.Properties, new AmqpList { "id", new byte[] { 1 }, null, null, null, null, null, new AmqpSymbol("gzip"), null, null, null, 7u }));
        writer.WriteValue(new AmqpDescribed(MessageSection.Footer, new AmqpMap { { "f", "kept" } }));
        writer.WriteValue(new AmqpDescribed(MessageSection.Value, new AmqpList { 1, "two" }));

        var sent = AmqpMessage.Read(Write(InboundMessages.ReadOne(writer.Written.ToArray())), withValue: true);

        Assert.Equal((true, (byte)9), ((bool)sent.Header![0]!, (byte)sent.Header[1]!));
        Assert.Equal(3, sent.Annotations!["x-mine"]);
        Assert.Equal(5L, sent.Annotations["x-opt-sequence-number"]);
        Assert.True(AmqpValues.Same(new byte[] { 1 }, sent.Properties![1]));
        Assert.Equal((new AmqpSymbol("gzip"), 7u), ((AmqpSymbol)sent.Properties[7]!, (uint)sent.Properties[11]!));
        Assert.Equal("kept", sent.Footer!["f"]);
        Assert.True(AmqpValues.Same(new AmqpList { 1, "two" }, sent.ValueSection!.Value));
    }

    [Theory]
    [InlineData("94" + "0c3c0000000000000000000000000" + "4d2", "12.34")]
    [InlineData("94" + "8c3e0000000000000000000000000" + "4d2", "-123.4")]
    public void A_decimal_is_read_as_the_service_client_for_NET_writes_it(string hex, string number)
    {
        var reader = new AmqpReader(Convert.FromHexString(hex));

        Assert.Equal(number, $"{Assert.IsType<decimal>(reader.ReadValue())}");
    }

    [Fact]
    public void A_batch_without_messages_and_a_format_nobody_knows_are_refused()
    {
        Assert.Empty(InboundMessages.Read(default, AmqpMessage.BatchFormat));
        Assert.Throws<AmqpRefusalException>(() => InboundMessages.Read(default, 17));
    }

    private static ReadOnlyMemory<byte> Write(BrokerMessage message)
    {
        var writer = new AmqpWriter();
        var enqueued = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        writer.WriteMessage(new Delivery(
            message, 5, 5, enqueued, message.ExpiresAt(enqueued, TimeSpan.MaxValue), 0, Guid.NewGuid(), enqueued.AddMinutes(1), null, MessagePlace.Available));
        return writer.Written.ToArray();
    }

    private static string Text(BrokerMessage m) => string.Join('|',
        m.MessageId, m.SessionId, m.Subject, m.To, m.ReplyTo, m.ReplyToSessionId, m.CorrelationId, m.PartitionKey, m.ContentType, m.TimeToLive, m.ScheduledEnqueueTime,
        string.Join(';', m.Properties.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value.GetType().Name}:{p.Value}")));
}
