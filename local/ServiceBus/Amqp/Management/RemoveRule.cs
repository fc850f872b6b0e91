namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>Removes a rule from a subscription.</summary>
internal sealed class RemoveRule : IManagementOperation
{
    /// <inheritdoc />
    public async ValueTask<ManagementResponse> RunAsync(ManagementRequest request, ManagementContext context, CancellationToken cancellationToken)
    {
        var (topic, subscription) = context.Entity.Subscription(request);
        var name = request.Text("rule-name");
        return await context.Broker.Catalogue.DeleteRuleAsync(topic, subscription, name, cancellationToken) is CatalogueOutcome<RuleDefinition>.Done
            ? ManagementResponse.Done
            : throw new AmqpRefusalException(ErrorCondition.NotFound, $"'{context.Entity.Path}' has no rule '{name}'.");
    }
}
