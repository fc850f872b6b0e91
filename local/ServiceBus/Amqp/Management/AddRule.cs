namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>Adds a rule to a subscription.</summary>
internal sealed class AddRule : IManagementOperation
{
    /// <inheritdoc />
    public async ValueTask<ManagementResponse> RunAsync(ManagementRequest request, ManagementContext context, CancellationToken cancellationToken)
    {
        var (topic, subscription) = context.Entity.Subscription(request);
        var name = request.Text("rule-name");
        var description = request.Body["rule-description"] as AmqpMap
            ?? throw new AmqpRefusalException(ErrorCondition.ArgumentError, "'rule-description' is to be a map.");
        return await context.Broker.Catalogue.CreateRuleAsync(topic, subscription, RuleMaps.Read(name, description), cancellationToken) switch
        {
            CatalogueOutcome<RuleDefinition>.Done => ManagementResponse.Done,
            CatalogueOutcome<RuleDefinition>.AlreadyExists => throw new AmqpRefusalException(
                ErrorCondition.EntityAlreadyExists, $"'{context.Entity.Path}' has a rule '{name}' already."),
            CatalogueOutcome<RuleDefinition>.NotFound => throw EntityErrors.NotFound(context.Entity.Path),
            CatalogueOutcome<RuleDefinition>.Refused refused => throw new AmqpRefusalException(ErrorCondition.ArgumentError, refused.Reason),
            var other => throw new InvalidOperationException($"There is no AMQP error for {other.GetType().Name}."),
        };
    }
}
