using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Payments;
using EventFunctions.Inventory.Steps;
using EventFunctions.Ordering.Saga;
using EventFunctions.Ordering.Steps;
using EventFunctions.Payments.Steps;
using EventFunctions.Shipping.Steps;

namespace EventFunctions.Ordering.Choreography;

/// <summary>Undoes whatever was done for a cancelled order, by the saga's own undoing steps. May be run any number of times.</summary>
/// <param name="orders">Has the order.</param>
/// <param name="payments">Tells how far the payment came.</param>
/// <param name="withdraw">Calls the shipment off.</param>
/// <param name="reverse">Gives the money back.</param>
/// <param name="release">Gives the goods back.</param>
public sealed class OrderUndo(
    OrderCommandStep orders,
    PaymentCommandStep payments,
    WithdrawShipmentActivity withdraw,
    ReversePaymentActivity reverse,
    ReleaseStockActivity release)
{
    private const string SecondLook = ":second-look";

    /// <summary>
    /// Undoes. What was done is read off the payment: the provider is asked for nothing before the payment is on record, and the
    /// carrier for nothing before the money is taken.
    /// </summary>
    /// <param name="trace">Whose steps they are.</param>
    /// <param name="isSecondLook">Whether a step without an answer may have taken effect since the first time, unrecorded.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AggregateException">Some undos failed; all were tried.</exception>
    public async Task UndoAsync(SagaTrace trace, bool isSecondLook, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(trace);
        if (await orders.LoadAsync(trace, cancellationToken)
            is not { Status: OrderStatus.Cancelled, Flow: OrderFlow.Choreography, Lines: { } lines })
        {
            return;
        }

        var payment = await payments.LoadAsync(trace, cancellationToken);
        var failures = new List<Exception>();
        if (!payment.Captures.IsEmpty)
        {
            await TryAsync(withdraw.RunAsync(StepOf(OrderSteps.WithdrawShipment), cancellationToken), failures);
        }

        if (MayHoldMoney(payment, isSecondLook))
        {
            await TryAsync(reverse.RunAsync(StepOf(OrderSteps.ReversePayment), cancellationToken), failures);
        }

        await Task.WhenAll(lines.Select(line => TryAsync(release.RunAsync(StockStepOf(line), cancellationToken), failures)));
        if (failures.Count > 0)
        {
            throw new AggregateException($"Not everything that was done for order {trace.OrderId} could be undone.", failures);
        }

        SagaStep StepOf(string step) => new(trace, NameOf(step));

        StockStep StockStepOf(OrderLine line) => new(
            trace,
            NameOf(OrderSteps.ForProduct(OrderSteps.ReleaseStock, line.ProductId.Value)),
            line.ProductId.Value,
            line.Quantity.Value);

        string NameOf(string step) => isSecondLook ? step + SecondLook : step;
    }

    /// <summary>A payment that failed without an authorisation holds nothing, unless an answer was lost.</summary>
    private static bool MayHoldMoney(Payment payment, bool isSecondLook) =>
        payment.Status != PaymentStatus.None
        && (isSecondLook || payment is not { Status: PaymentStatus.Failed, AuthorizationId: null });

    private static async Task TryAsync(Task undo, List<Exception> failures)
    {
        try
        {
            await undo;
        }
#pragma warning disable CA1031 // One undo that fails must not keep the others from running; all failures are thrown together.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            lock (failures)
            {
                failures.Add(exception);
            }
        }
    }
}
