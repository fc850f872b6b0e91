using System.Diagnostics;
using Microsoft.DurableTask;

namespace EventFunctions.Inventory.Replenishment;

/// <summary>One replenishment's way through its states. Lives for one episode of the orchestrator and may await nothing but durable tasks.</summary>
/// <param name="context">The orchestration.</param>
/// <param name="input">What it was started with.</param>
public sealed class ReplenishmentFlow(TaskOrchestrationContext context, ReplenishmentInput input)
{
    private readonly TaskOptions _options = input.Settings.Step.ToOptions();
    private readonly ReplenishmentAnswers _answers = new(context);
    private ReplenishmentStatus _status = new(ReplenishmentTransitions.Initial, input.Trace.ProductId);
    private ReplenishmentAnswer? _delivery;
    private int _escalations;

    /// <summary>Runs to one of the end states.</summary>
    public async Task<ReplenishmentStatus> RunAsync()
    {
        Show(_status);
        while (!ReplenishmentTransitions.IsFinal(_status.State))
        {
            var trigger = await PassStateAsync();
            Show(_status with { State = ReplenishmentTransitions.Next(_status.State, trigger) });
        }

        return _status;
    }

    /// <summary>Does what the state is for.</summary>
    /// <returns>What leads on.</returns>
    private Task<string> PassStateAsync() => _status.State switch
    {
        ReplenishmentState.Planning => PlanAndOrderAsync(),
        ReplenishmentState.Ordered => AwaitSupplierAsync(input.Settings.ConfirmationTimeout),
        ReplenishmentState.Reminded => RemindAndAwaitSupplierAsync(),
        ReplenishmentState.Replenishing => AddStockAsync(),
        ReplenishmentState.Escalated => AwaitOperatorAsync(),
        var state => throw new UnreachableException($"A replenishment does nothing when it is {state}."),
    };

    private async Task<string> PlanAndOrderAsync()
    {
        try
        {
            var plan = await context.CallActivityAsync<ReplenishmentPlan>(
                ReplenishmentSteps.Plan, new PlanStep(input.Trace, input.Settings.OrderUpTo), _options);
            if (plan.Quantity == 0)
            {
                return ReplenishmentTrigger.StockRecovered;
            }

            // Shown before it is ordered: an order without an answer may have been taken all the same.
            Show(_status with { Ordered = plan.Quantity });
            var ordered = await context.CallActivityAsync<SupplierOrdered>(
                ReplenishmentSteps.Order, new OrderStep(input.Trace, plan.Quantity), _options);
            if (ordered.SupplierOrderId is null)
            {
                return Blame(ReplenishmentTrigger.OrderFailed, ordered.Code, ordered.Reason);
            }

            _status = _status with { SupplierOrderId = ordered.SupplierOrderId };
            return ReplenishmentTrigger.OrderAccepted;
        }
        catch (TaskFailedException exception)
        {
            return Blame(ReplenishmentTrigger.OrderFailed, ReplenishmentEscalation.SupplierUnavailable, ErrorOf(exception));
        }
    }

    private async Task<string> RemindAndAwaitSupplierAsync()
    {
        try
        {
            await context.CallActivityAsync<bool>(ReplenishmentSteps.Remind, new RemindStep(input.Trace, _status.SupplierOrderId!), _options);
        }
        catch (TaskFailedException exception)
        {
            // A supplier that cannot be reminded may deliver all the same; if it does not, operators read this.
            _status = _status with { Reason = $"The reminder did not get through: {ErrorOf(exception)}" };
        }

        return await AwaitSupplierAsync(input.Settings.ReminderTimeout);
    }

    private async Task<string> AwaitSupplierAsync(TimeSpan timeout) => await _answers.NextAsync(timeout) switch
    {
        null when _status.State == ReplenishmentState.Reminded => Blame(
            ReplenishmentTrigger.TimedOut,
            ReplenishmentEscalation.NotConfirmed,
            _status.Reason ?? "The supplier did not confirm the delivery, though it was reminded."),
        null => ReplenishmentTrigger.TimedOut,
        { Trigger: ReplenishmentTrigger.Refused } answer =>
            Blame(answer.Trigger, ReplenishmentEscalation.DeliveryRefused, answer.Reason ?? "The supplier will not deliver."),
        var answer => Take(answer),
    };

    private async Task<string> AddStockAsync()
    {
        var (answerId, quantity) = (_delivery!.Id, _delivery.Quantity!.Value);
        try
        {
            var addition = await context.CallActivityAsync<StockAddition>(
                ReplenishmentSteps.AddStock, new AddStockStep(input.Trace, answerId, quantity), _options);
            if (addition.Code is not null)
            {
                return Blame(ReplenishmentTrigger.StockRefused, addition.Code, addition.Reason);
            }

            _status = _status with { Delivered = _status.Delivered + quantity };
            return addition.IsLow
                ? Blame(ReplenishmentTrigger.StillLow, ReplenishmentEscalation.StillLow, $"{quantity} pieces came in, and the stock is low still.")
                : ReplenishmentTrigger.StockAdded;
        }
        catch (TaskFailedException exception)
        {
            return Blame(ReplenishmentTrigger.StockRefused, ReplenishmentEscalation.StockUnavailable, ErrorOf(exception));
        }
    }

    private async Task<string> AwaitOperatorAsync()
    {
        // Not waited for: an operator who has seen it in the list need not wait until a mail service answers.
        _ = TellOperatorsAsync(++_escalations);

        // That the supplier will not deliver is no news here, so only a delivery or an operator leads on.
        ReplenishmentAnswer? answer;
        do
        {
            answer = await _answers.NextAsync(timeout: null);
        }
        while (answer is null or { Trigger: ReplenishmentTrigger.Refused });
        return Take(answer);
    }

    private async Task TellOperatorsAsync(int number)
    {
        try
        {
            await context.CallActivityAsync<bool>(ReplenishmentSteps.Escalate, new EscalateStep(input.Trace, number, _status), _options);
        }
        catch (TaskFailedException exception)
        {
            // The list of replenishments shows it all the same, and why nobody was told.
            Show(_status with { NotificationError = ErrorOf(exception) });
        }
    }

    private string Take(ReplenishmentAnswer answer)
    {
        if (answer.Trigger == ReplenishmentTrigger.Confirmed)
        {
            _delivery = answer;
        }
        else
        {
            _status = _status with { Reason = answer.Reason ?? _status.Reason };
        }

        return answer.Trigger;
    }

    private string Blame(string trigger, string? code, string? reason)
    {
        _status = _status with { Code = code, Reason = reason };
        return trigger;
    }

    private void Show(ReplenishmentStatus status)
    {
        _status = status;
        context.SetCustomStatus(status);
    }

    private static string ErrorOf(TaskFailedException exception) => exception.FailureDetails?.ErrorMessage ?? exception.Message;
}
