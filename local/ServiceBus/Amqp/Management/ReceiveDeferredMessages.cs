namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>Receives deferred messages by their numbers, all or none of them.</summary>
internal sealed class ReceiveDeferredMessages : IManagementOperation
{
    /// <inheritdoc />
    public async ValueTask<ManagementResponse> RunAsync(ManagementRequest request, ManagementContext context, CancellationToken cancellationToken)
    {
        var queue = context.Entity.Receiving(request);
        var numbers = request.Values<long>("sequence-numbers", "sequence numbers");
        var delete = request.Body["receiver-settle-mode"] is uint and 0;
        var outcome = await queue.ReceiveDeferredAsync(numbers, delete, context.OptionalHold(request), cancellationToken);
        var messages = LockErrors.ThrowUnlessReceived(outcome, queue.Path).Select(delivery => Entries.Of(delivery, withLock: !delete));
        return ManagementResponse.Ok(new AmqpMap { { "messages", new AmqpList(messages) } });
    }
}
