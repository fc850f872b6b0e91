using Azure;
using Azure.Messaging.ServiceBus;

namespace EventFunctions.Local.ServiceBus.Tests;

public sealed class MessageTests
{
    [Fact]
    public void Ids_are_checked_when_set()
    {
        var message = new ServiceBusMessage();
        Assert.Null(message.MessageId);
        Assert.Throws<ArgumentException>(() => message.MessageId = "");
        Assert.Throws<ArgumentOutOfRangeException>(() => message.MessageId = new string('x', 129));
        Assert.Throws<ArgumentOutOfRangeException>(() => message.SessionId = new string('x', 129));
        Assert.Throws<ArgumentOutOfRangeException>(() => message.ReplyToSessionId = new string('x', 129));
        Assert.Throws<ArgumentOutOfRangeException>(() => message.TimeToLive = TimeSpan.Zero);
        Assert.Throws<ArgumentNullException>(() => message.Body = null!);
        message.MessageId = new string('x', 128);
    }

    [Fact]
    public void The_session_is_the_partition_key()
    {
        var message = new ServiceBusMessage { PartitionKey = "key", SessionId = "session" };

        Assert.Equal("session", message.PartitionKey);
        Assert.Throws<ArgumentOutOfRangeException>(() => message.PartitionKey = "other");
        message.PartitionKey = "session";
    }

    [Fact]
    public void A_received_message_can_be_sent_again_without_its_dead_letter_reason()
    {
        var received = ServiceBusModelFactory.ServiceBusReceivedMessage(
            body: BinaryData.FromString("body"), messageId: "id", sessionId: "s", partitionKey: "s", subject: "subject",
            timeToLive: TimeSpan.FromDays(1), deliveryCount: 7, scheduledEnqueueTime: DateTimeOffset.UnixEpoch,
            properties: new Dictionary<string, object>
            {
                ["kept"] = 1,
                ["DeadLetterReason"] = "r",
                ["DeadLetterErrorDescription"] = "d",
                ["Diagnostic-Id"] = "t",
            });
        Assert.Equal(("r", "d", 7), (received.DeadLetterReason, received.DeadLetterErrorDescription, received.DeliveryCount));

        var copy = new ServiceBusMessage(received);

        Assert.Equal(("body", "id", "s", "subject"), (copy.Body.ToString(), copy.MessageId, copy.SessionId, copy.Subject));
        Assert.Equal(TimeSpan.FromDays(1), copy.TimeToLive);
        Assert.Equal(default, copy.ScheduledEnqueueTime);
        Assert.Equal(["kept"], copy.ApplicationProperties.Keys);
    }

    [Fact]
    public void The_model_factory_makes_received_messages_and_batches()
    {
        var token = Guid.NewGuid();
        var message = ServiceBusModelFactory.ServiceBusReceivedMessage(
            lockTokenGuid: token, sequenceNumber: 5, enqueuedSequenceNumber: 4, lockedUntil: DateTimeOffset.UnixEpoch,
            enqueuedTime: DateTimeOffset.UnixEpoch, serviceBusMessageState: ServiceBusMessageState.Deferred);
        Assert.Equal((token.ToString(), 5, 4), (message.LockToken, message.SequenceNumber, message.EnqueuedSequenceNumber));
        Assert.Equal((DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue), (message.LockedUntil, message.ExpiresAt));
        Assert.Equal(ServiceBusMessageState.Deferred, message.State);

        var store = new List<ServiceBusMessage>();
        using var batch = ServiceBusModelFactory.ServiceBusMessageBatch(42, store, tryAddCallback: m => m.Subject == "fits");
        Assert.True(batch.TryAddMessage(new ServiceBusMessage { Subject = "fits" }));
        Assert.False(batch.TryAddMessage(new ServiceBusMessage { Subject = "does not" }));
        Assert.Equal((1, 1, 42), (batch.Count, store.Count, batch.SizeInBytes));
    }

    [Theory]
    [InlineData(ServiceBusFailureReason.ServiceBusy, true)]
    [InlineData(ServiceBusFailureReason.ServiceTimeout, true)]
    [InlineData(ServiceBusFailureReason.ServiceCommunicationProblem, true)]
    [InlineData(ServiceBusFailureReason.MessageLockLost, false)]
    [InlineData(ServiceBusFailureReason.QuotaExceeded, false)]
    public void An_exceptions_reason_says_whether_it_is_transient(ServiceBusFailureReason reason, bool transient)
    {
        Assert.Equal(transient, new ServiceBusException("m", reason).IsTransient);
        Assert.Equal($"m ({reason})", new ServiceBusException("m", reason).Message);
        Assert.Equal($"m (e - {reason})", new ServiceBusException("m", reason, "e").Message);
    }

    [Fact]
    public void Clients_for_the_network_say_where_to_get_a_local_one()
    {
        Assert.Contains("ServiceBusBroker.CreateClient", Assert.Throws<InvalidOperationException>(
            () => new ServiceBusClient("Endpoint=sb://x/")).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => new ServiceBusClient("x.servicebus.windows.net", new AzureNamedKeyCredential("n", "k")));
    }

    [Fact]
    public void A_connection_string_is_taken_apart()
    {
        var parts = ServiceBusConnectionStringProperties.Parse(
            "Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=n;SharedAccessKey=a+b=;EntityPath=q;UseDevelopmentEmulator=true");

        Assert.Equal(("x.servicebus.windows.net", "n", "a+b=", "q"),
            (parts.FullyQualifiedNamespace, parts.SharedAccessKeyName, parts.SharedAccessKey, parts.EntityPath));
        Assert.Throws<FormatException>(() => ServiceBusConnectionStringProperties.Parse("Endpoint"));
        Assert.Throws<FormatException>(() => ServiceBusConnectionStringProperties.Parse("Endpoint=no address"));
    }

    [Fact]
    public void A_received_message_can_be_made_in_the_older_form_that_names_every_argument()
    {
        var older = typeof(ServiceBusModelFactory).GetMethods()
            .Single(m => m.Name == nameof(ServiceBusModelFactory.ServiceBusReceivedMessage) && m.GetParameters().Length == 21);
        var message = ServiceBusModelFactory.ServiceBusReceivedMessage(
            BinaryData.FromString("body"), "id", "s", null, "s", null, TimeSpan.FromDays(1), "c", "subject", "to", "text/plain", "reply",
            default, new Dictionary<string, object> { ["p"] = 1 }, Guid.Empty, 2, default, 3, "source", 4, DateTimeOffset.UnixEpoch);

        Assert.All(older.GetParameters(), p => Assert.False(p.IsOptional));
        Assert.Equal(("body", "id", "s", "c", "subject"), (message.Body.ToString(), message.MessageId, message.SessionId, message.CorrelationId, message.Subject));
        Assert.Equal((2, 3L, 4L, "source"), (message.DeliveryCount, message.SequenceNumber, message.EnqueuedSequenceNumber, message.DeadLetterSource));
        Assert.Equal(ServiceBusMessageState.Active, message.State);
    }
}
