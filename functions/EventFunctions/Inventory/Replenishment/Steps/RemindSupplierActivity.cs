using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Inventory.Replenishment.Steps;

/// <summary>Reminds the supplier of an order.</summary>
/// <param name="supplier">The supplier.</param>
public sealed class RemindSupplierActivity(ISupplier supplier)
{
    /// <summary>Takes the step; however often it is tried, the supplier is reminded once.</summary>
    [Function(ReplenishmentSteps.Remind)]
    public async Task<bool> RunAsync([ActivityTrigger] RemindStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        await supplier.RemindAsync(step.SupplierOrderId, step.Trace.CommandId(ReplenishmentSteps.Remind), cancellationToken);
        return true;
    }
}
