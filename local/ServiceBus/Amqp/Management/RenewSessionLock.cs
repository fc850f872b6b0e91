namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>Gives a receiver more time for its session.</summary>
internal sealed class RenewSessionLock : IManagementOperation
{
    /// <inheritdoc />
    public async ValueTask<ManagementResponse> RunAsync(ManagementRequest request, ManagementContext context, CancellationToken cancellationToken)
    {
        var queue = context.Entity.Receiving(request);
        var until = LockErrors.ThrowUnlessDone(await queue.RenewSessionAsync(context.Hold(request), cancellationToken), queue.Path);
        return ManagementResponse.Ok(new AmqpMap { { "expiration", until } });
    }
}
