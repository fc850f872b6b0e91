namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>Looks at messages without receiving them, a page at a time.</summary>
internal sealed class PeekMessages : IManagementOperation
{
    /// <summary>The largest answer in bytes; what is behind it comes with the next page.</summary>
    private const int MaxPageSize = 1024 * 1024;

    /// <inheritdoc />
    public ValueTask<ManagementResponse> RunAsync(ManagementRequest request, ManagementContext context, CancellationToken cancellationToken)
    {
        var count = Math.Min(request.Number("message-count", min: 1), 1_000);
        var messages = new AmqpList();
        var size = 0;
        foreach (var delivery in Peek(context.Entity, request, count))
        {
            messages.Add(Entries.Of(delivery, withLock: false));
            size += delivery.Message.Body.Length;
            if (size > MaxPageSize)
            {
                break;
            }
        }

        var body = new AmqpMap { { "messages", messages } };
        return ValueTask.FromResult(messages.Count == 0 ? ManagementResponse.NoContent(body) : ManagementResponse.Ok(body));
    }

    /// <summary>A topic shows what waits for its time; all else is with its subscriptions.</summary>
    private static IReadOnlyList<Delivery> Peek(ManagedEntity entity, ManagementRequest request, int count)
    {
        var from = request.Long("from-sequence-number");
        return entity is { Queue: null, Target: Topic topic }
            ? topic.Peek(from, count)
            : entity.Receiving(request).Peek(from, count, request.OptionalText("session-id"));
    }
}
