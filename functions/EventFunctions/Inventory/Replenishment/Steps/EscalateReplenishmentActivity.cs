using System.Globalization;
using EventFunctions.Notifications;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Inventory.Replenishment.Steps;

/// <summary>Tells the operators that a replenishment is theirs now.</summary>
/// <param name="notifier">Sends the mail.</param>
public sealed class EscalateReplenishmentActivity(INotifier notifier)
{
    /// <summary>The mail's template. Its placeholders: replenishment, product, ordered, delivered, supplierOrder, code and reason.</summary>
    public const string Template = "replenishment-escalated";

    /// <summary>Takes the step; however often it is tried, the operators get one mail for each escalation.</summary>
    [Function(ReplenishmentSteps.Escalate)]
    public async Task<bool> RunAsync([ActivityTrigger] EscalateStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        var (trace, status) = (step.Trace, step.Status);
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["replenishment"] = trace.InstanceId,
            ["product"] = trace.ProductId,
            ["ordered"] = (status.Ordered ?? 0).ToString(CultureInfo.InvariantCulture),
            ["delivered"] = status.Delivered.ToString(CultureInfo.InvariantCulture),
            ["supplierOrder"] = status.SupplierOrderId ?? "-",
            ["code"] = status.Code ?? "-",
            ["reason"] = status.Reason ?? "-",
        };
        await notifier.NotifyAsync(
            new NotificationRequest(
                trace.CommandId($"{ReplenishmentSteps.Escalate}:{step.Number}"),
                Template,
                new NotificationRecipient.Operators(),
                values,
                trace.CorrelationId,
                trace.CausationId,
                trace.Tenant),
            cancellationToken);
        return true;
    }
}
