namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>Lists the sessions of an entity: those with messages, or those whose state was set since a time.</summary>
internal sealed class GetMessageSessions : IManagementOperation
{
    private const int MaxPage = 1_000;

    /// <inheritdoc />
    public ValueTask<ManagementResponse> RunAsync(ManagementRequest request, ManagementContext context, CancellationToken cancellationToken)
    {
        var queue = context.Entity.Receiving(request);

        // A time that no clock reaches asks for those that have messages (Microsoft Learn, "Enumerate sessions", "last-updated-time").
        DateTimeOffset? since = request.Body["last-updated-time"] is DateTime time && time.Year < 9999
            ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc))
            : null;
        var skip = request.Number("skip", min: 0);
        var sessions = queue.GetSessions(since, skip, Math.Min(request.Number("top", min: 1), MaxPage));
        return ValueTask.FromResult(sessions.Count == 0
            ? ManagementResponse.NoContent([])
            : ManagementResponse.Ok(new AmqpMap
            {
                { "skip", skip + sessions.Count },
                { "sessions-ids", new AmqpArray(FormatCode.String32, [.. sessions]) },
            }));
    }
}
