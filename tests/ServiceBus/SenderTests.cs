using System.Runtime.Serialization;
using System.Transactions;
using Azure.Messaging.ServiceBus;

namespace EventFunctions.Local.ServiceBus.Tests;

public sealed class SenderTests : IAsyncDisposable
{
    private readonly TestNamespace _namespace = new();
    private readonly ServiceBusSender _sender;

    public SenderTests() => _sender = _namespace.Client.CreateSender("tiny");

    public ValueTask DisposeAsync() => _namespace.DisposeAsync();

    [Fact]
    public async Task A_message_over_the_limit_is_refused_and_one_under_it_taken()
    {
        await _sender.SendMessageAsync(new ServiceBusMessage(new byte[900]));
        var refused = await Assert.ThrowsAsync<ServiceBusException>(() => _sender.SendMessageAsync(new ServiceBusMessage(new byte[1024])));

        Assert.Equal(ServiceBusFailureReason.MessageSizeExceeded, refused.Reason);
        Assert.Equal(1, _namespace.Broker.GetCounts("tiny").Active);
    }

    [Fact]
    public async Task Several_messages_are_sent_all_or_none()
    {
        await _sender.SendMessagesAsync(Enumerable.Range(0, 3).Select(_ => new ServiceBusMessage(new byte[200])));
        await Assert.ThrowsAsync<ServiceBusException>(
            () => _sender.SendMessagesAsync(Enumerable.Range(0, 5).Select(_ => new ServiceBusMessage(new byte[300]))));
        await _sender.SendMessagesAsync([]);

        Assert.Equal(3, _namespace.Broker.GetCounts("tiny").Active);
    }

    [Fact]
    public async Task A_batch_takes_what_fits_and_is_sent_as_one()
    {
        using var batch = await _sender.CreateMessageBatchAsync();
        var added = 0;
        while (batch.TryAddMessage(new ServiceBusMessage(new byte[100])))
        {
            added++;
            Assert.True(batch.SizeInBytes <= batch.MaxSizeInBytes);
        }

        Assert.Equal((1024, added), (batch.MaxSizeInBytes, batch.Count));
        Assert.InRange(added, 5, 9);
        await _sender.SendMessagesAsync(batch);
        Assert.Equal(added, _namespace.Broker.GetCounts("tiny").Active);
    }

    [Fact]
    public async Task A_batch_keeps_messages_as_they_were_when_added()
    {
        using var batch = await _sender.CreateMessageBatchAsync(new CreateMessageBatchOptions { MaxSizeInBytes = 500 });
        var message = new ServiceBusMessage("a");
        Assert.True(batch.TryAddMessage(message));
        message.Body = BinaryData.FromString("b");
        Assert.True(batch.TryAddMessage(message));
        await _sender.SendMessagesAsync(batch);

        var received = await _namespace.Client.CreateReceiver("tiny").ReceiveMessagesAsync(5);

        Assert.Equal(["a", "b"], received.Select(m => m.Body.ToString()));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => _sender.CreateMessageBatchAsync(new CreateMessageBatchOptions { MaxSizeInBytes = 5000 }).AsTask());
    }

    [Fact]
    public async Task A_property_that_cannot_be_carried_is_refused()
    {
        var message = new ServiceBusMessage("x") { ApplicationProperties = { ["list"] = new List<int>() } };

        var refused = await Assert.ThrowsAsync<SerializationException>(() => _sender.SendMessageAsync(message));

        Assert.Contains("'list'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transaction_is_refused_rather_than_ignored()
    {
        using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);

        var refused = await Assert.ThrowsAsync<NotSupportedException>(() => _sender.SendMessageAsync(new ServiceBusMessage("x")));

        Assert.Contains("TransactionScope", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_sender_and_a_closed_client_refuse()
    {
        await _sender.CloseAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _sender.SendMessageAsync(new ServiceBusMessage("x")));

        var client = _namespace.Broker.CreateClient();
        var sender = client.CreateSender("tiny");
        await client.DisposeAsync();

        Assert.True(client.IsClosed);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => sender.SendMessageAsync(new ServiceBusMessage("x")));
    }

    [Fact]
    public async Task A_cancelled_send_sends_nothing()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        await Assert.ThrowsAsync<TaskCanceledException>(() => _sender.SendMessageAsync(new ServiceBusMessage("x"), cancellation.Token));

        Assert.Equal(0, _namespace.Broker.GetCounts("tiny").Total);
    }
}
