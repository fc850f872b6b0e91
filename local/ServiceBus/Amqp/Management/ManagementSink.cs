using System.Collections.Frozen;

namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>Takes the requests about an entity, and sends the answers to where the peer wants them.</summary>
internal sealed class ManagementSink(AmqpConnection connection, ManagedEntity entity) : IDeliverySink
{
    /// <summary>Requests carry messages to be scheduled, and what is around them.</summary>
    private const long MaxRequestOverhead = 64 * 1024;

    private static readonly FrozenDictionary<string, IManagementOperation> Operations =
        new Dictionary<string, IManagementOperation>(StringComparer.Ordinal)
        {
            ["com.microsoft:renew-lock"] = new RenewLock(),
            ["com.microsoft:peek-message"] = new PeekMessages(),
            ["com.microsoft:schedule-message"] = new ScheduleMessages(),
            ["com.microsoft:cancel-scheduled-message"] = new CancelScheduledMessages(),
            ["com.microsoft:receive-by-sequence-number"] = new ReceiveDeferredMessages(),
            ["com.microsoft:update-disposition"] = new UpdateDisposition(),
            ["com.microsoft:renew-session-lock"] = new RenewSessionLock(),
            ["com.microsoft:get-session-state"] = new GetSessionState(),
            ["com.microsoft:set-session-state"] = new SetSessionState(),
            ["com.microsoft:get-message-sessions"] = new GetMessageSessions(),
            ["com.microsoft:add-rule"] = new AddRule(),
            ["com.microsoft:remove-rule"] = new RemoveRule(),
            ["com.microsoft:enumerate-rules"] = new EnumerateRules(),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly ManagementContext _context = new(connection.Endpoint.Broker, entity, connection.Holds);

    /// <inheritdoc />
    public long MaxMessageSize => (entity.Target?.MaxMessageSizeInBytes ?? entity.Queue!.MaxMessageSizeInBytes) + MaxRequestOverhead;

    /// <inheritdoc />
    public async ValueTask<DeliveryState> TakeAsync(ReadOnlyMemory<byte> message, uint format, CancellationToken cancellationToken)
    {
        var request = RequestMessage.Read(message);
        var response = await AnswerAsync(request, cancellationToken);
        ReplyMessage.Send(connection, request.ReplyTo, response.ToMessage(request.Id, request.ReplyTo));
        return DeliveryState.Accept;
    }

    private async ValueTask<ManagementResponse> AnswerAsync(RequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            if (!Operations.TryGetValue(request.Operation, out var operation))
            {
                throw new AmqpRefusalException(ErrorCondition.NotImplemented, $"There is no operation '{request.Operation}' here.");
            }

            var body = request.Value as AmqpMap
                ?? throw new AmqpRefusalException(ErrorCondition.ArgumentError, $"The body of {request.Operation} is to be a map.");
            return await operation.RunAsync(new ManagementRequest(request.Operation, body), _context, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return ManagementResponse.Refused(LinkOutcomes.ErrorOf(exception, connection.Endpoint.Log));
        }
    }
}
