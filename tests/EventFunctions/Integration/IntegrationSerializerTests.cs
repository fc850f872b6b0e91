using System.Text.Json;
using Azure.Messaging.ServiceBus;
using EventFunctions.EventSourcing;
using EventFunctions.Integration;
using EventFunctions.Integration.Contracts;
using EventFunctions.Tests.Support;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace EventFunctions.Tests.Integration;

public sealed class IntegrationSerializerTests
{
    private static readonly IntegrationSerializer Serializer = new(new IntegrationContracts());
    private static readonly DateTimeOffset Time = new(2026, 3, 4, 12, 30, 0, TimeSpan.Zero);

    public static TheoryData<int> Samples => [.. Enumerable.Range(0, ContractSamples.All.Count)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_contract_comes_through_a_message_as_it_was(int sample)
    {
        var envelope = Envelope(ContractSamples.All[sample]);

        var read = Serializer.Read(Received(Serializer.ToMessage(envelope)));

        Assert.Equal(envelope with { Data = read.Data }, read);
        Assert.Equal(JsonOf(envelope.Data), JsonOf(read.Data));
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/ordering","type":"shop.order.confirmed.v1","subject":"1","time":"2026-03-04T12:30:00Z","datacontenttype":"application/json","dataschema":"x","sequence":"0000000001","data":{"orderId":"1","customerId":"c"}}""")]
    [InlineData("""{"specversion":"1.0","id":"6f1f64a1-58a5-4f43-9a0f-0123456789ab","source":"/ordering","type":"shop.unheard.of.v1","subject":"1","time":"2026-03-04T12:30:00Z","datacontenttype":"application/json","dataschema":"x","sequence":"0000000001","data":{}}""")]
    [InlineData("""{"specversion":"1.0","id":"6f1f64a1-58a5-4f43-9a0f-0123456789ab","source":"/ordering","type":"shop.order.confirmed.v1","subject":"1","time":"2026-03-04T12:30:00Z","datacontenttype":"application/json","dataschema":"x","sequence":"first","data":{"orderId":"1","customerId":"c"}}""")]
    [InlineData("""{"specversion":"1.0","id":"6f1f64a1-58a5-4f43-9a0f-0123456789ab","source":"/ordering","type":"shop.order.confirmed.v1","subject":"1","time":"2026-03-04T12:30:00Z","datacontenttype":"application/json","dataschema":"x","sequence":"0000000001","data":{"orderId":"1"}}""")]
    public async Task A_message_that_nobody_can_read_is_dead_lettered_with_the_reason(string body)
    {
        var message = ServiceBusModelFactory.ServiceBusReceivedMessage(BinaryData.FromString(body), messageId: "1");
        var actions = new Mock<ServiceBusMessageActions>(MockBehavior.Strict);
        actions.Setup(a => a.DeadLetterMessageAsync(
            message, null, IntegrationSubscription.Unreadable, It.Is<string>(d => d.Length > 0), It.IsAny<CancellationToken>())).Returns(Task.CompletedTask);
        var subscription = new IntegrationSubscription(Serializer, new ManualTimeProvider(), NullLogger<IntegrationSubscription>.Instance);

        await subscription.HandleAsync(message, actions.Object, (_, _) => throw new InvalidOperationException("It was read."), CancellationToken.None);

        actions.VerifyAll();
    }

    internal static IntegrationEnvelope Envelope(IntegrationEvent data, long sequence = 3, string subject = "subject-1") => new(
        NameBasedGuid.Create(Guid.Empty, $"{data.GetType().Name} {subject} {sequence}"),
        "/ordering",
        subject,
        sequence,
        Time.AddMinutes(sequence),
        data,
        new IntegrationTrace($"ordering-{subject}", "corr-1", "cause-1", null, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

    private static string JsonOf(IntegrationEvent data) => JsonSerializer.Serialize(data, data.GetType(), EventJson.Options);

    private static ServiceBusReceivedMessage Received(ServiceBusMessage message) => ServiceBusModelFactory.ServiceBusReceivedMessage(
        message.Body,
        messageId: message.MessageId,
        sessionId: message.SessionId,
        subject: message.Subject,
        correlationId: message.CorrelationId,
        properties: message.ApplicationProperties);
}
