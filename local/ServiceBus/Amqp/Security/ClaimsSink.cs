namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>
/// Takes tokens in on <c>$cbs</c> (OASIS, "AMQP Claims-based Security 1.0", and "AMQP 1.0 in Azure Service Bus protocol guide",
/// "Claims-based authorization").
/// </summary>
internal sealed class ClaimsSink(AmqpConnection connection) : IDeliverySink
{
    private const string PutToken = "put-token";
    private const string SasToken = "servicebus.windows.net:sastoken";

    /// <inheritdoc />
    public long MaxMessageSize => 64 * 1024;

    /// <inheritdoc />
    public ValueTask<DeliveryState> TakeAsync(ReadOnlyMemory<byte> message, uint format, CancellationToken cancellationToken)
    {
        try
        {
            var request = RequestMessage.Read(message);
            var (status, description) = Answer(request);
            var properties = new AmqpMap { { "status-code", status }, { "status-description", description } };
            ReplyMessage.Send(connection, request.ReplyTo, ReplyMessage.Write(request.Id, request.ReplyTo, properties, body: null));
            return ValueTask.FromResult(DeliveryState.Accept);
        }
        catch (Exception exception) when (exception is AmqpRefusalException or AmqpFormatException)
        {
            return ValueTask.FromException<DeliveryState>(exception);
        }
    }

    private (int Status, string Description) Answer(RequestMessage request)
    {
        if (request.Operation != PutToken)
        {
            return (501, $"$cbs knows {PutToken}, and not '{request.Operation}'.");
        }

        var type = request.Message.ApplicationProperties?["type"] as string;
        if (type != SasToken)
        {
            return (401, $"A token of type '{type}' is not taken: there is no identity provider here. Use the name and key of the connection string.");
        }

        if (request.Value is not string token)
        {
            return (400, "The body is no token.");
        }

        lock (connection.Gate)
        {
            return connection.Grants.Add(token) is { } refusal ? (401, refusal) : (202, "Accepted");
        }
    }
}
