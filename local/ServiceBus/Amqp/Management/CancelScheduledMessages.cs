namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>Takes scheduled messages back, all or none of them.</summary>
internal sealed class CancelScheduledMessages : IManagementOperation
{
    /// <inheritdoc />
    public async ValueTask<ManagementResponse> RunAsync(ManagementRequest request, ManagementContext context, CancellationToken cancellationToken)
    {
        var target = context.Entity.Sending(request);
        var numbers = request.Values<long>("sequence-numbers", "sequence numbers");
        return await target.CancelScheduledAsync(numbers, cancellationToken) switch
        {
            CancelOutcome.Cancelled => ManagementResponse.Done,
            CancelOutcome.NotFound missing => throw new AmqpRefusalException(
                ErrorCondition.MessageNotFound, $"'{target.Path}' has no scheduled message with the sequence number {missing.SequenceNumber}."),
            CancelOutcome.Unavailable unavailable => throw EntityErrors.Of(unavailable.Why, target.Path),
            var other => throw new InvalidOperationException($"There is no AMQP error for {other.GetType().Name}."),
        };
    }
}
