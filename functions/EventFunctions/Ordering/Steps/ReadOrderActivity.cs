using EventFunctions.Ordering.Saga;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Steps;

/// <summary>Reads the order: what a message says of it is a hint, what the order says is so.</summary>
/// <param name="orders">Has the order.</param>
public sealed class ReadOrderActivity(OrderCommandStep orders)
{
    /// <summary>Takes the step, which changes nothing.</summary>
    [Function(OrderSteps.ReadOrder)]
    public async Task<OrderFacts> RunAsync([ActivityTrigger] SagaStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        return OrderFacts.Of(await orders.LoadAsync(step.Trace, cancellationToken));
    }
}
