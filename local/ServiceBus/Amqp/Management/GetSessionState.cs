namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>Reads the state of a session.</summary>
internal sealed class GetSessionState : IManagementOperation
{
    /// <inheritdoc />
    public async ValueTask<ManagementResponse> RunAsync(ManagementRequest request, ManagementContext context, CancellationToken cancellationToken)
    {
        var queue = context.Entity.Receiving(request);
        var (outcome, state) = await queue.GetSessionStateAsync(context.Hold(request), cancellationToken);
        LockErrors.ThrowUnlessDone(outcome, queue.Path);
        return ManagementResponse.Ok(new AmqpMap { { "session-state", state } });
    }
}
