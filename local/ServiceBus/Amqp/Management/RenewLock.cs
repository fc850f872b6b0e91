namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>Gives receivers more time for messages.</summary>
internal sealed class RenewLock : IManagementOperation
{
    /// <inheritdoc />
    public async ValueTask<ManagementResponse> RunAsync(ManagementRequest request, ManagementContext context, CancellationToken cancellationToken)
    {
        var queue = context.Entity.Receiving(request);
        var expirations = new List<object?>();
        foreach (var token in request.Values<Guid>("lock-tokens", "lock tokens"))
        {
            expirations.Add(LockErrors.ThrowUnlessDone(await queue.RenewAsync(token, cancellationToken), queue.Path));
        }

        return ManagementResponse.Ok(new AmqpMap { { "expirations", new AmqpArray(FormatCode.Timestamp, expirations) } });
    }
}
