namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>Replaces the state of a session; null clears it.</summary>
internal sealed class SetSessionState : IManagementOperation
{
    /// <inheritdoc />
    public async ValueTask<ManagementResponse> RunAsync(ManagementRequest request, ManagementContext context, CancellationToken cancellationToken)
    {
        var queue = context.Entity.Receiving(request);
        ReadOnlyMemory<byte>? state = request.Body["session-state"] switch
        {
            null => (ReadOnlyMemory<byte>?)null,
            byte[] bytes => bytes,
            _ => throw new AmqpRefusalException(ErrorCondition.ArgumentError, "'session-state' is to be a binary, or null."),
        };
        LockErrors.ThrowUnlessDone(await queue.SetSessionStateAsync(context.Hold(request), state, cancellationToken), queue.Path);
        return ManagementResponse.Done;
    }
}
