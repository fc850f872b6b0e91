namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>Takes messages in for later, all or none of them, and tells the numbers they can be taken back by.</summary>
internal sealed class ScheduleMessages : IManagementOperation
{
    /// <inheritdoc />
    public async ValueTask<ManagementResponse> RunAsync(ManagementRequest request, ManagementContext context, CancellationToken cancellationToken)
    {
        var target = context.Entity.Sending(request);
        var messages = request.Values<AmqpMap>("messages", "maps with a message each")
            .Select(entry => entry["message"] as byte[] ?? throw new AmqpRefusalException(
                ErrorCondition.ArgumentError, "An entry of 'messages' has no 'message'."))
            .Select(bytes => InboundMessages.ReadOne(bytes))
            .ToList();
        var numbers = SendErrors.ThrowUnlessAccepted(await target.SendAsync(messages, cancellationToken), target.Path);
        return ManagementResponse.Ok(new AmqpMap
        {
            { "sequence-numbers", new AmqpArray(FormatCode.Long, [.. numbers.Select(number => (object?)number)]) },
        });
    }
}
