namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>Settles messages by their lock tokens, whichever link or request they were received by.</summary>
internal sealed class UpdateDisposition : IManagementOperation
{
    /// <inheritdoc />
    public async ValueTask<ManagementResponse> RunAsync(ManagementRequest request, ManagementContext context, CancellationToken cancellationToken)
    {
        var queue = context.Entity.Receiving(request);
        var settlement = Settlement(request);
        var hold = context.OptionalHold(request);
        foreach (var token in request.Values<Guid>("lock-tokens", "lock tokens"))
        {
            LockErrors.ThrowUnlessDone(await queue.SettleAsync(token, settlement, hold, cancellationToken), queue.Path);
        }

        return ManagementResponse.Done;
    }

    private static Settlement Settlement(ManagementRequest request)
    {
        var changes = PropertyValues.ToBroker(request.Body["properties-to-modify"] as AmqpMap);
        return request.Text("disposition-status") switch
        {
            "completed" => new Settlement.Complete(),
            "abandoned" => new Settlement.Abandon(changes),
            "defered" => new Settlement.Defer(changes), // the protocol's spelling
            "suspended" => new Settlement.DeadLetter(
                request.OptionalText("deadletter-reason"), request.OptionalText("deadletter-description"), changes),
            var other => throw new AmqpRefusalException(ErrorCondition.ArgumentError, $"There is no disposition status '{other}'."),
        };
    }
}
