namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>Lists the rules of a subscription, a page at a time.</summary>
internal sealed class EnumerateRules : IManagementOperation
{
    private const int MaxPage = 1_000;

    /// <inheritdoc />
    public ValueTask<ManagementResponse> RunAsync(ManagementRequest request, ManagementContext context, CancellationToken cancellationToken)
    {
        var (topic, subscription) = context.Entity.Subscription(request);
        var rules = context.Broker.Catalogue.GetRules(topic, subscription, request.Number("skip", min: 0), Math.Min(request.Number("top", min: 1), MaxPage))
            ?? throw EntityErrors.NotFound(context.Entity.Path);
        var createdAt = context.Broker.Catalogue.GetSubscription(topic, subscription)?.CreatedAt ?? DateTimeOffset.UnixEpoch;
        return ValueTask.FromResult(rules.Count == 0
            ? ManagementResponse.NoContent([])
            : ManagementResponse.Ok(new AmqpMap
            {
                { "rules", new AmqpList(rules.Select(rule => new AmqpMap { { "rule-description", RuleMaps.Describe(rule, createdAt) } })) },
            }));
    }
}
