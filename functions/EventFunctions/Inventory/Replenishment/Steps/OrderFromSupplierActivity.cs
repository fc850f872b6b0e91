using EventFunctions.Domain;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Inventory.Replenishment.Steps;

/// <summary>Orders pieces from the supplier.</summary>
/// <param name="supplier">The supplier.</param>
public sealed class OrderFromSupplierActivity(ISupplier supplier)
{
    /// <summary>Takes the step; however often it is tried, the supplier gets one order.</summary>
    [Function(ReplenishmentSteps.Order)]
    public async Task<SupplierOrdered> RunAsync([ActivityTrigger] OrderStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        var trace = step.Trace;
        return await supplier.OrderAsync(
            trace.InstanceId, new ProductId(trace.ProductId), new Quantity(step.Quantity), trace.CommandId(ReplenishmentSteps.Order), cancellationToken) switch
        {
            SupplierAnswer.Accepted accepted => new SupplierOrdered(accepted.SupplierOrderId),
            SupplierAnswer.Refused refused => new SupplierOrdered(null, refused.Code, refused.Message),
            var other => throw new InvalidOperationException($"A supplier accepts or refuses, and did '{other}'."),
        };
    }
}
